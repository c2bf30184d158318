import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { openClassifier } from './index.ts';

const root = join(import.meta.dirname, '..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-readme-'));
  for (const [label, name] of ['circles', 'squares'].entries()) {
    await mkdir(join(folder, 'flowers', name), { recursive: true });
    for (let number = 0; number < 8; number++)
      await writeFile(join(folder, 'flowers', name, `${number}.jpg`), await drawPicture(label, number));
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('the ten lines of the README train from a folder', async () => {
  const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');
  const lines = /```ts\n(.+?)```/s.exec(readme)![1]!;
  const script = join(root, `readme-${process.pid}.ts`);
  const adapted = lines
    .replaceAll("'flowers", `'${folder}/flowers`)
    // The shipped base model would be fine-tuned for half a minute.
    .replace("'BALANCE'", "'PERFORMANCE_FIRST'");
  await writeFile(script, adapted);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^HEAD 1 /m);
  } finally {
    await rm(script);
  }
  const classifier = await openClassifier(await readFile(join(folder, 'flowers.onnx')));
  expect(classifier.classes.map(({ name }) => name)).toEqual(['circles', 'squares']);
  await classifier.close();
});
