import { readFile } from 'node:fs/promises';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { readConfig } from '#core/platform/config.ts';
import { oidcEnvironment } from '#core/platform/oidc-config.ts';
import { schema } from '#schema/index.ts';
import { tableRows } from './table-rows.ts';

const text = await readFile(new URL('../docs/production.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block!);

test('the document of production lists every variable of the login', () => {
  const named = tableRows(text).flatMap(([first]) => /^`(EXEMPLAR_OIDC_\w+)`$/.exec(first!)?.[1] ?? []);
  expect(named.sort()).toEqual(Object.keys(oidcEnvironment).sort());
});

test('the examples of identity providers are configurations', () => {
  const examples = blocks('sh').filter((block) => block.includes('EXEMPLAR_OIDC_ISSUER'));
  expect(examples).toHaveLength(3);
  for (const example of examples) {
    const lines = [...example.matchAll(/^(\w+)='?(.*?)'?$/gm)].map(([, name, value]) => [name!, value!] as const);
    const { oidc } = readConfig({ EXEMPLAR_PUBLIC_URL: 'https://exemplar.test', ...Object.fromEntries(lines) });
    expect(oidc!.issuer).toMatch(/^https:/);
  }
});

test('the operations that it shows are some of the contract', () => {
  const operations = blocks('graphql');
  expect(operations.length).toBeGreaterThan(0);
  for (const operation of operations) expect(validate(schema, parse(operation)), operation).toEqual([]);
});
