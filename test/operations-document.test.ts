import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { operationLimits } from '#schema/builder.ts';
import { operationsEnvironment } from '#core/platform/operations-config.ts';
import { graphqlLimits } from '#server/graphql.ts';
import { tableRows } from './table-rows.ts';
import { World } from './world.ts';

const text = await readFile(new URL('../docs/operations.md', import.meta.url), 'utf8');
/** Rows by what stands in code in their first cell. */
const rows = new Map(
  tableRows(text).flatMap(([first, ...rest]) => {
    const name = /^`(\w+)`$/.exec(first!)?.[1];
    return name === undefined ? [] : [[name, rest] as const];
  }),
);
const named = (pattern: RegExp) => [...rows.keys()].filter((name) => pattern.test(name)).sort();

test('the document of operations lists every metric with its labels', async () => {
  const world = await World.open();
  try {
    const metrics = await world.platform.metrics.text();
    const served = [...metrics.matchAll(/^# TYPE (exemplar_\w+) /gm)].map(([, name]) => name!);
    expect(named(/^exemplar_/)).toEqual(served.sort());
    const labels = new Map(
      [...metrics.matchAll(/^(exemplar_\w+?)(?:_bucket|_sum|_count)?\{([^}]+)\}/gm)].map(([, name, pairs]) => [
        name!,
        [...pairs!.matchAll(/(\w+)=/g)].map(([, label]) => label!).filter((label) => label !== 'le'),
      ]),
    );
    expect(labels.size).toBeGreaterThan(3);
    for (const [name, expected] of labels)
      expect(rows.get(name)![0]).toBe(expected.map((label) => `\`${label}\``).join(', '));
  } finally {
    await world.close();
  }
});

test('the document of operations lists every variable with its default', () => {
  expect(named(/^(EXEMPLAR|OTEL)_/)).toEqual(Object.keys(operationsEnvironment).sort());
  for (const [name, schema] of Object.entries(operationsEnvironment)) {
    const fallback: unknown = schema.parse(undefined);
    const shown = typeof fallback === 'number' ? `\`${fallback}\`` : 'none';
    expect(rows.get(name)![0], name).toBe(shown);
  }
});

test('the document of operations says the limits that hold', () => {
  const { depth, breadth, complexity } = operationLimits;
  for (const limit of [
    `${graphqlLimits.tokens.toLocaleString('en')} tokens`,
    `${graphqlLimits.aliases} aliases`,
    `depth ${depth}`,
    `breadth ${breadth}`,
    `complexity ${complexity.toLocaleString('en')}`,
  ])
    expect(text).toContain(limit);
});
