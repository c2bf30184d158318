import { isPicturePath } from './picture-path.ts';
import { splitOfWord } from './split-name.ts';

/** Where a CSV keeps what. Columns are counted from 0. */
export type CsvLayout =
  /** One label a row: `file,label,usage` in any order and under the usual other names. */
  | {
      readonly kind: 'COLUMNS';
      readonly hasHeader: boolean;
      readonly file: number;
      readonly label: number | null;
      readonly usage: number | null;
    }
  /** Roboflow's `_classes.csv`: a column for each class, 1 or 0 in it. */
  | {
      readonly kind: 'ONE_HOT';
      readonly hasHeader: true;
      readonly file: number;
      readonly usage: number | null;
      readonly classes: readonly { readonly column: number; readonly name: string }[];
    }
  /** Vertex: `[ML_USE,]URI[,LABEL...]`. */
  | { readonly kind: 'POSITIONAL'; readonly hasHeader: boolean };

const fileColumns = new Set(
  'file filename file_name filepath file_path image image_name imagename image_path image_uri path uri url source gcs_file_path'.split(
    ' ',
  ),
);
const labelColumns = new Set('label labels class class_name classname category tag'.split(' '));
const usageColumns = new Set('usage split ml_use subset'.split(' '));
const boxColumns = new Set('xmin x_min bbox bbox_x'.split(' '));

/** The layout that the first record shows, or why it shows none. */
export function csvLayoutOf(
  first: readonly string[],
): CsvLayout | { readonly kind: 'UNKNOWN'; readonly reason: string } {
  const names = first.map((cell) => cell.trim().toLowerCase());
  const columnOf = (known: ReadonlySet<string>) => {
    const column = names.findIndex((name) => known.has(name));
    return column < 0 ? null : column;
  };
  const file = columnOf(fileColumns);
  if (file === null) return layoutWithoutHeader(first);
  if (names[0] === 'ml_use' && file === 1) return { kind: 'POSITIONAL', hasHeader: true };
  if (columnOf(boxColumns) !== null) return { kind: 'UNKNOWN', reason: 'its columns hold boxes, not classes' };
  const label = columnOf(labelColumns);
  const usage = columnOf(usageColumns);
  if (label !== null) return { kind: 'COLUMNS', hasHeader: true, file, label, usage };
  const classes = first
    .map((cell, column) => ({ column, name: cell.trim() }))
    .filter(({ column }) => column !== file && column !== usage);
  if (classes.length > 0) return { kind: 'ONE_HOT', hasHeader: true, file, usage, classes };
  return { kind: 'COLUMNS', hasHeader: true, file, label, usage };
}

/** A URI, or a path that ends like a picture's. */
export const looksLikePicture = (cell = ''): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(cell) || isPicturePath(cell);

function layoutWithoutHeader(first: readonly string[]): ReturnType<typeof csvLayoutOf> {
  const [start, second, third] = first;
  if (looksLikePicture(start)) {
    // `a.jpg,cat,train`: ours without its header.
    if (first.length === 3 && splitOfWord(third!))
      return { kind: 'COLUMNS', hasHeader: false, file: 0, label: 1, usage: 2 };
    return { kind: 'POSITIONAL', hasHeader: false };
  }
  if (looksLikePicture(second) && splitOfWord(start!) !== undefined) return { kind: 'POSITIONAL', hasHeader: false };
  return { kind: 'UNKNOWN', reason: 'its first row names no column of files and no picture' };
}
