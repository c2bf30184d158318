import type { Draw } from './draw.ts';

const texts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud800y',
  '\ufeff',
  '\ufffe\uffff',
  'caf\u00e9 cafe\u0301',
  'right\u202eleft',
  '\u2028\u2029',
  '\x1b[31m',
  '😀'.repeat(200),
  'x'.repeat(5000),
  'a,b\r\nset-cookie: x',
  "'; drop table image; --",
  '%00%2e%2e%2f',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-0',
  '1e999',
  '99999999999999999999',
  '2026-11-26T00:00:00.000Z',
  '2026-99-99T00:00:00Z',
  '+275760-09-14T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
  'https://127.0.0.1/',
  'file:///etc/passwd',
  's3://bucket/key',
  '<script>alert(1)</script>',
  '${jndi:x}',
  'eyJhIjoxfQ',
];

/** Text that parsers, databases and people stumble over, also text that is none: halves of surrogate pairs, NUL. */
export function wildText(draw: Draw): string {
  if (draw.chance(0.7)) return draw.pick(texts);
  return String.fromCharCode(...Array.from({ length: draw.integer(40) }, () => draw.integer(0x10000)));
}

export const wildNumbers = [
  0,
  -1,
  1,
  0.5,
  -0,
  100,
  101,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 53 + 2,
  1e21,
  1e308,
  -1e308,
  5e-324,
];
