import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { tableRows } from './table-rows.ts';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

test('every threat is answered by a test that is there', async () => {
  const text = await read('docs/security.md');
  const threats = tableRows(text).filter((row) => row[2]?.includes('.test.ts'));
  expect(threats.length).toBeGreaterThan(30);
  // All lines of the table but its head.
  const table = tableRows(text.slice(text.indexOf('## Threats'), text.indexOf('## What is not done')));
  expect(threats).toEqual(table.slice(1));
  for (const [, , cell] of threats) {
    const [, file, title] = /^`([^`]+\.test\.ts)`: (.+)$/.exec(cell!) ?? [];
    expect(file, cell).toBeDefined();
    const isTitle = (line: string) => line.includes(title!) && /['"`]/.test(line);
    expect((await read(file!)).split('\n').some(isTitle), cell).toBe(true);
  }
});
