import type { Draw } from './draw.ts';
import { wildText } from './wild-text.ts';

const nested = (open: string, close: string, count: number): string => open.repeat(count) + close.repeat(count);

/** Documents that are made to hurt whoever parses, validates or runs them. */
const monsters: readonly ((draw: Draw) => string)[] = [
  (draw) => nested('{a', '}', draw.pick([10, 400, 20_000])),
  (draw) => `{ project(id: ${nested('[', ']', draw.pick([10, 900, 50_000]))}) { id } }`,
  (draw) => `{ project(id: ${nested('{a:', '}', draw.pick([10, 400, 30_000]))}) { id } }`,
  () => 'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  () =>
    `{ ${Array.from({ length: 300 }, (_, index) => `...F${index}`).join(' ')} } ${Array.from({ length: 300 }, (_, index) => `fragment F${index} on Query { viewer { user { id } } }`).join(' ')}`,
  () =>
    `query { a: __schema { types { fields { type { fields { type { name } } } } } } b: __schema { types { fields { type { fields { type { name } } } } } } }`,
  () => `{ ${'viewer { user { id } } '.repeat(150)} }`,
  () => `query(${Array.from({ length: 300 }, (_, index) => `$v${index}: [[[[Int]]]] = 1`).join(' ')}) { __typename }`,
  () => `query A { __typename } query B { __typename } mutation C { __typename }`,
  () => `{ __typename ${'@skip(if: false) '.repeat(500)} }`,
  () => `{ __type(name: "${'x'.repeat(100_000)}") { name } }`,
  () => `"""${'\\u0000'.repeat(500)}""" { __typename }`,
  () => 'subscription { a: projectEvents(projectId: "x") { sequence } b: projectEvents(projectId: "x") { sequence } }',
  () => 'type Query { a: Int } extend schema { query: Query }',
  () => '#'.repeat(200_000),
  () => ',\ufeff\t'.repeat(50_000),
  () => '',
];

/** The text with characters taken out, put in, doubled; or another one altogether. */
export function mutateDocument(query: string, draw: Draw): string {
  if (draw.chance(0.25)) return draw.pick(monsters)(draw);
  let mutated = query;
  for (let count = 1 + draw.integer(3); count > 0; count--) {
    const at = draw.integer(mutated.length + 1);
    const end = Math.min(mutated.length, at + draw.integer(12));
    const piece = draw.pick([
      '',
      wildText(draw),
      draw.pick([...'{}()[]:$!@"#.=|&\\,']),
      mutated.slice(at, end).repeat(2),
      '"""',
      '\\u{110000}',
      '"\\ud800"',
      '0x1',
      '...',
      '-',
    ]);
    mutated = mutated.slice(0, at) + piece + mutated.slice(end);
  }
  return mutated;
}
