import { readEntry, type Entry } from './entry.ts';
import { makeLabel, readLabelName, readSource, uniqueLabels } from './fields.ts';
import { transferProblem, type ByteSource, type TransferLabel, type TransferRecord } from './item.ts';
import { readLines } from './lines.ts';
import { isIgnoredPath, isPicturePath, pathStem } from './picture-path.ts';

/**
 * ModelArts image classification 1.0: `10.jpg` and `10.txt` in the same directory, one label a line, several lines are several
 * labels. A picture without such a file, or with an empty one, is unlabelled. Labels are trimmed. Folders say nothing.
 * @param open the bytes of a file among `paths`.
 */
export async function* readImageText(
  paths: Iterable<string>,
  open: (path: string) => ByteSource,
): AsyncGenerator<TransferRecord, void> {
  const texts = new Map<string, { readonly path: string; isUsed: boolean }>();
  for (const path of paths)
    if (isLabelText(path) && !isIgnoredPath(path)) texts.set(pathStem(path), { path, isUsed: false });
  for (const path of paths) {
    if (isIgnoredPath(path) || isLabelText(path)) continue;
    if (!isPicturePath(path)) {
      yield { problem: transferProblem('UNEXPECTED_FILE', 'Neither a picture nor a text of labels.', { path }) };
      continue;
    }
    const text = texts.get(pathStem(path));
    if (text) text.isUsed = true;
    const lines = text ? await readLabelLines(open(text.path)) : [];
    yield* readEntry({ path }, (entry) => ({
      source: readSource(entry, path, 'The path'),
      labels: uniqueLabels(lines.flatMap((line) => toLabel(entry, text!.path, line))),
      split: null,
    }));
  }
  for (const { path, isUsed } of texts.values())
    if (!isUsed)
      yield { problem: transferProblem('UNEXPECTED_FILE', 'A text without a picture of its name.', { path }) };
}

const isLabelText = (path: string): boolean => /\.txt$/i.test(path);

/** More than this is no list of labels. */
const maximumLabelLines = 1000;

type LabelLine = Awaited<ReturnType<typeof readLabelLines>>[number];

async function readLabelLines(source: ByteSource) {
  const lines = [];
  for await (const line of readLines(source)) if (lines.push(line) > maximumLabelLines) break;
  return lines;
}

function toLabel(entry: Entry, path: string, line: LabelLine): TransferLabel[] {
  if (line.number > maximumLabelLines)
    entry.spoil('INVALID_ENTRY', `${path} has more than ${maximumLabelLines} lines.`);
  if (line.problem) return entry.spoil(line.problem.code, `${path}, line ${line.number}: ${line.problem.message}`);
  const name = line.text.trim();
  return name === '' ? [] : [makeLabel(readLabelName(entry, name, `${path}, line ${line.number},`))];
}
