import type { TransferSplit } from './item.ts';

const splitNames = new Map<string, TransferSplit>([
  ['train', 'TRAIN'],
  ['training', 'TRAIN'],
  ['val', 'VALIDATION'],
  ['valid', 'VALIDATION'],
  ['validation', 'VALIDATION'],
  ['eval', 'VALIDATION'],
  ['test', 'TEST'],
  ['testing', 'TEST'],
]);
/** Said of pictures that belong to no part: `INFERENCE` of ModelArts, `UNASSIGNED` of Vertex. */
const noSplitNames = new Set(['', 'inference', 'unassigned']);

/** The part that tools call `train`, `training`, `val`, `valid`, `validation`, `eval`, `test` or `testing`, in any case. */
export function splitOfName(name: string): TransferSplit | undefined {
  return splitNames.get(name.toLowerCase());
}

/** As `splitOfName` for the value of a field: null = said to be in no part, undefined = not a word we know. */
export function splitOfWord(word: string): TransferSplit | null | undefined {
  const known = word.trim().toLowerCase();
  return noSplitNames.has(known) ? null : splitNames.get(known);
}

/**
 * The part that a document of labels is about: from the last word of its name (`labels_train.json`, `instances_val2017.json`,
 * `test.manifest`), otherwise from its nearest directory (`train/_classes.csv`).
 */
export function splitOfDocument(path: string): TransferSplit | undefined {
  const [name, ...directories] = path.split('/').reverse();
  const word = /([a-z]+)\d*(?:\.[a-z]+)?$/i.exec(name!.replaceAll('_', ' '))?.[1] ?? '';
  for (const part of [word, ...directories]) {
    const split = splitOfName(part);
    if (split) return split;
  }
  return undefined;
}
