import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Turns } from '../../platform/turns.ts';
import { detectDocument, documentFormats, type DocumentFormat } from '../formats/detect-document.ts';
import { detectFormat, isDocumentPath, type TransferFormat } from '../formats/detect-format.ts';
import { readFolderLabels } from '../formats/folder-labels.ts';
import type { ByteSource, TransferProblem, TransferRecord } from '../formats/item.ts';
import { isIgnoredPath, isPicturePath } from '../formats/picture-path.ts';
import { readDocument, wholeFormats } from '../formats/read-document.ts';
import { readFolders } from '../formats/read-folders.ts';
import { readImageText } from '../formats/read-image-text.ts';
import { TransferFailedError } from '../transfer-facts.ts';
import type { ImportOptions } from './import-facts.ts';
import { SourceMatcher } from './match-sources.ts';
import { itemProblem, joinItem, LabelNames, type ItemProblem, type PlannedItem } from './planned-item.ts';
import { readDocumentApart } from './read-document-apart.ts';
import { headOf, type Listing } from './read-listing.ts';

/** What an import will do, before it does anything. Kept in memory: some hundred bytes a picture. */
export interface ImportPlan {
  readonly format: TransferFormat;
  /** Why it is taken for this format. */
  readonly reason: string;
  /** Names of labels, to which items refer by their place. */
  readonly labels: readonly string[];
  /** By path of the file; a picture that is not here is unlabelled. */
  readonly pictures: ReadonlyMap<string, PlannedItem>;
  /** Of items whose picture is not among the files: by source, as written. */
  readonly others: ReadonlyMap<string, PlannedItem>;
  /** What was wrong on the way; the first of them. */
  readonly problems: readonly (ItemProblem & { readonly place: string; readonly spoilsItem: boolean })[];
  readonly problemCount: number;
  /** Files that tell labels and are no pictures. */
  readonly documents: ReadonlySet<string>;
}

const mostProblems = 10_000;

/** @throws {TransferFailedError} when the format is unknown, or a document cannot be read as a whole. */
export async function readPlan(
  listing: Listing,
  options: ImportOptions & { readonly labelLength: number; readonly signal: AbortSignal },
): Promise<ImportPlan> {
  const found = await findFormat(listing, options);
  const names = new LabelNames(options.labelLength);
  const items = new Map<string, PlannedItem>();
  const problems: ImportPlan['problems'][number][] = [];
  let problemCount = 0;
  const turns = new Turns();
  const note = ({ code, message, line, path, spoils }: TransferProblem, document?: string) => {
    if (spoils === 'REST') refuseDocument(message, document);
    problemCount++;
    if (problems.length >= mostProblems) return;
    const place = [document, path, line === undefined ? undefined : `line ${line}`].filter(
      (part) => part !== undefined,
    );
    problems.push({ code, message, place: place.join(', '), spoilsItem: spoils === 'ITEM' });
  };
  const add = async (records: AsyncIterable<TransferRecord> | Iterable<TransferRecord>, document?: string) => {
    for await (const record of records) {
      if (turns.isOver) {
        options.signal.throwIfAborted();
        await turns.next();
      }
      if (record.problem) note(record.problem, document);
      else items.set(record.item.source, joinItem(items.get(record.item.source), record.item, names));
    }
  };

  const isDocument = (path: string) => found.documents.includes(path) || path === found.folderLabels;
  // Not told here: what is no picture is told when its turn comes.
  const pictures = listing.paths.filter((path) => isPicturePath(path) && !isIgnoredPath(path));
  if (found.format === 'CLASS_FOLDERS') {
    const labels = found.folderLabels && (await readFolderLabels(open(listing, found.folderLabels)));
    for (const problem of labels ? labels.problems : []) note(problem, found.folderLabels);
    await add(
      readFolders(pictures, {
        splitFolders: options.splitFolders,
        ...(labels && { folderLabels: labels.folderLabels }),
      }),
    );
  } else if (found.format === 'IMAGE_TEXT') {
    const files = listing.paths.filter((path) => isPicturePath(path) || listing.copies.has(path));
    await add(
      readImageText(
        files.filter((path) => !isDocumentPath(path)),
        (path) => open(listing, path),
      ),
    );
  } else
    for (const document of found.documents) await add(readCopy(listing, found.format, document, options), document);
  const isText = (path: string) => found.format === 'IMAGE_TEXT' && listing.copies.has(path) && !isDocumentPath(path);
  return {
    format: found.format,
    reason: found.reason,
    labels: names.names,
    ...(await assignSources(items, pictures, turns)),
    problems,
    problemCount,
    documents: new Set(listing.paths.filter((path) => isDocument(path) || isText(path))),
  };
}

interface FoundFormat {
  readonly format: TransferFormat;
  readonly documents: readonly string[];
  readonly folderLabels?: string | undefined;
  readonly reason: string;
}

async function findFormat(listing: Listing, { format }: ImportOptions): Promise<FoundFormat> {
  const answer = await detectFormat(listing.paths, (path) => headOf(listing, path));
  if (format === undefined) {
    if (answer.kind === 'FORMAT') return answer;
    throw new TransferFailedError(
      'FORMAT_UNKNOWN',
      answer.reason,
      answer.kind === 'AMBIGUOUS'
        ? `Say which one counts: ${answer.candidates.map((candidate) => candidate.format).join(' or ')}.`
        : 'See docs/formats.md for what is read, and say the format if the names of the files hide it.',
    );
  }
  if (answer.kind === 'FORMAT' && answer.format === format) return answer;
  const reason = 'It was said so.';
  if (!isDocumentFormat(format)) {
    const labels = answer.kind === 'FORMAT' ? answer.folderLabels : undefined;
    return { format, documents: [], folderLabels: labels, reason };
  }
  const documents: string[] = [];
  for (const path of listing.paths.filter((each) => isDocumentPath(each) && !isIgnoredPath(each)))
    if (detectDocument(path, await headOf(listing, path)).kind === format) documents.push(path);
  // Nobody recognises it: the one document there is must be it.
  const all = listing.paths.filter((path) => listing.copies.has(path) && !isIgnoredPath(path));
  if (documents.length === 0 && all.length === 1) documents.push(all[0]!);
  if (documents.length > 0) return { format, documents, reason };
  throw new TransferFailedError(
    'FORMAT_UNKNOWN',
    `There is no document of the format ${format}.`,
    'Look at the names of the documents, or leave the format out to have it found.',
  );
}

const isDocumentFormat = (format: TransferFormat): format is DocumentFormat =>
  (documentFormats as readonly string[]).includes(format);

/** Small ones are not worth a process. */
const bytesReadApart = 1024 * 1024;

async function* readCopy(
  listing: Listing,
  format: DocumentFormat,
  path: string,
  { labelSeparator, detection, signal }: ImportOptions & { readonly signal: AbortSignal },
): AsyncGenerator<TransferRecord, void> {
  const options = { labelSeparator, detection };
  const file = listing.copies.get(path);
  if (file !== undefined && wholeFormats.has(format) && (await stat(file)).size > bytesReadApart)
    yield* readDocumentApart({ file, format, path, options }, signal);
  else yield* readDocument(format, open(listing, path), path, options);
}

function open({ copies }: Listing, path: string): ByteSource {
  const copy = copies.get(path);
  if (copy === undefined) return [];
  return createReadStream(copy) as AsyncIterable<Buffer>;
}

function refuseDocument(message: string, document: string | undefined): never {
  const where = document === undefined ? '' : `${JSON.stringify(document)}: `;
  throw new TransferFailedError('DOCUMENT_REFUSED', `${where}${message}`, 'Mend the document and upload it again.');
}

/** Which file each source names. Where two name one, the one that shares more with its path has it; the other's picture is missing. */
async function assignSources(
  items: ReadonlyMap<string, PlannedItem>,
  paths: readonly string[],
  turns: Turns,
): Promise<Pick<ImportPlan, 'pictures' | 'others'>> {
  const pictures = new Map<string, PlannedItem>();
  const others = new Map<string, PlannedItem>();
  const exact = new Set(paths);
  const rest: [source: string, item: PlannedItem][] = [];
  for (const [source, item] of items)
    if (exact.has(source)) pictures.set(source, item);
    else rest.push([source, item]);
  if (rest.length === 0) return { pictures, others };
  const matcher = new SourceMatcher(paths.filter((path) => !pictures.has(path)));
  const taken = new Map<string, { source: string; item: PlannedItem; segments: number }>();
  for (const [source, item] of rest) {
    if (turns.isOver) await turns.next();
    const found = matcher.find(source);
    if (!found) others.set(source, item);
    else if (found.path === undefined) {
      const message = `Several files fit ${JSON.stringify(source)} alike.`;
      others.set(source, { ...item, problem: itemProblem('AMBIGUOUS_SOURCE', message) });
    } else {
      const holder = taken.get(found.path);
      if (holder && holder.segments >= found.segments) others.set(source, item);
      else {
        if (holder) others.set(holder.source, holder.item);
        taken.set(found.path, { source, item, segments: found.segments });
      }
    }
  }
  for (const [path, { item }] of taken) pictures.set(path, item);
  return { pictures, others };
}
