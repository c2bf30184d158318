import fc from 'fast-check';
import type { TransferItem, TransferLabel } from '../item.ts';

/** Names that formats, spreadsheets and file systems stumble over. */
const nastyNames = [
  '=SUM(A1)',
  '+1',
  '-rf',
  '@me',
  "'=x",
  "''-",
  '\t=1',
  'a,b;c',
  'a"b',
  '"quoted"',
  'a\nb',
  'a\r\nb',
  ' spaced ',
  "'",
  '../../etc/passwd',
  'a/b',
  'back\\slash',
  '..',
  '.hidden',
  '._x',
  '__MACOSX',
  'CON',
  'nul.txt',
  'trailing.',
  'trailing ',
  'train',
  'Test',
  'valid',
  'labels.csv',
  'file',
  'label',
  'a|b',
  'Cat',
  'cat',
  'CAT',
  '向日葵',
  'caf\u00e9',
  'cafe\u0301',
  '__proto__',
  'constructor',
  '\ufeffbom',
  'right\u202eleft',
  '😀',
  'x'.repeat(5000),
  '<>:"|?*',
  '%2e%2e%2f',
  'null',
  '1',
];

/** Well-formed text of any characters, those that mean something to a format more often than others. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', ',', ';', "'", '=', '\n', '\r\n', '\t', ' ', '\ufeff'),
      fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point).toWellFormed()),
    ),
    { maxLength: 20 },
  )
  .map((characters) => characters.join(''));

/** Text that a label, an annotator or a file can bear: not blank, no NUL, well-formed, short of the line limit of CSV cells. */
export const wildText = fc
  .oneof(
    fc.constantFrom(...nastyNames),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.string({ minLength: 1 }),
  )
  .filter((text) => text.trim() !== '' && !text.includes('\0') && text.isWellFormed());

const createdAt = fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true });

const label: fc.Arbitrary<TransferLabel> = fc.record(
  {
    name: wildText,
    annotatedBy: fc.oneof(fc.constantFrom('human', 'human/ann', 'modelarts/active-learning', 'machine'), wildText),
    confidence: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    createdAt,
  },
  { requiredKeys: ['name'] },
);

const source = fc
  .tuple(fc.constantFrom('', 's3://bucket/', 'obs://bucket/', 'https://host/', 'a/b/', '/data/upload/1/'), wildText)
  .map(([start, name]) => `${start}${name}.jpg`);

const item: fc.Arbitrary<TransferItem> = fc.record(
  {
    source,
    labels: fc.uniqueArray(label, { selector: ({ name }) => name, maxLength: 4 }),
    split: fc.constantFrom('TRAIN', 'VALIDATION', 'TEST', null),
    hard: fc.boolean(),
  },
  { requiredKeys: ['source', 'labels', 'split'] },
);

/** Each with a source of its own. */
export const arbitraryItems = fc.uniqueArray(item, { selector: ({ source }) => source, maxLength: 6 });
