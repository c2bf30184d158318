import { basename, resolve } from 'node:path';
import {
  orThrow,
  type ExistingLabels,
  type ImageImport,
  type ImportItem,
  type ImportPreview,
  type Project,
  type TransferFormat,
} from '../typescript/index.ts';
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts';
import { fileInfo, filesBelow } from './find-files.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';
import { tarOf } from './tar-of-folder.ts';
import { formatBytes } from './text/format-bytes.ts';
import { endOfTransfer, watchTransfer } from './watch-transfer.ts';

export interface ImportOptions {
  readonly format?: TransferFormat;
  readonly splitFolders?: boolean;
  readonly labelSeparator?: string;
  readonly detection?: boolean;
  readonly serverFolder?: string;
  readonly storePrefix?: string;
  readonly existing?: ExistingLabels;
  readonly preview?: boolean;
  readonly detach?: boolean;
}

const problemsShown = 20;

/** Sends archives, documents and folders, and has a worker import them as one; shows how far it is and what was refused. */
export async function importImages(
  session: Session,
  { id: projectId, name }: Project,
  paths: readonly string[],
  {
    format,
    splitFolders,
    labelSeparator,
    detection,
    serverFolder,
    storePrefix,
    existing,
    preview,
    detach,
  }: ImportOptions,
): Promise<ExitCode> {
  const { exemplar, output } = session;
  if (paths.length === 0 && serverFolder === undefined && storePrefix === undefined)
    throw new UsageError(
      'Say what to import: a folder, an archive, a document of labels, --server-folder or --store-prefix.',
    );
  const uploadIds: string[] = [];
  for (const path of paths) uploadIds.push(await sendPath(session, projectId, path));
  const source = { projectId, uploadIds, format, splitFolders, labelSeparator, detection, serverFolder, storePrefix };
  if (preview) {
    const found = await orThrow(exemplar.transfers.preview(source));
    output.result(found, () => describePreview(found, output));
    return exitCodes.done;
  }
  const started = await orThrow(exemplar.transfers.startImport({ source, existingLabels: existing }));
  if (detach) {
    output.result(started, () => [`Started ${started.id}. To see it: exemplar watch ${started.id}`]);
    return exitCodes.done;
  }
  const ended = (await watchTransfer(session, started)) as ImageImport;
  return sayImport(session, ended, name);
}

async function sendPath({ exemplar, output }: Session, projectId: string, path: string): Promise<string> {
  const info = await fileInfo(path);
  if (!info.isDirectory()) {
    output.line(`Sending ${path} (${formatBytes(info.size)}) ...`);
    return (await orThrow(exemplar.transfers.upload(projectId, path))).id;
  }
  const { blob, files } = await tarOf(filesBelow(path));
  if (files === 0) throw new UsageError(`${path} holds no files.`);
  output.line(`Sending ${files} files of ${path} (${formatBytes(blob.size)}) ...`);
  const fileName = `${basename(resolve(path))}.tar`;
  return (await orThrow(exemplar.transfers.upload(projectId, blob, { fileName }))).id;
}

/** What became of an import that has ended. Exit code 8 where something was refused. */
export async function sayImport(session: Session, ended: ImageImport, projectName: string): Promise<ExitCode> {
  const { exemplar, output } = session;
  const { created, duplicate, labelled, skipped, refused } = ended.counts;
  const problems: ImportItem[] =
    refused > 0 ? await exemplar.transfers.items(ended.id, { outcome: 'REFUSED' }).toArray(problemsShown) : [];
  output.result({ ...ended, refused: problems }, () => [
    `${projectName}: ${created} new images, ${duplicate} that were there, ${labelled} labelled by name, ${skipped} skipped, ${refused} refused; ${ended.createdLabelCount} new labels.`,
    ...problems.map(({ path, message }) => output.warning(`  ${path}: ${message}`)),
    ...(refused > problems.length ? [`  and ${refused - problems.length} more`] : []),
    ...(ended.reportUrl ? [`All that was wrong, as CSV, for an hour: ${ended.reportUrl}`] : []),
  ]);
  const exitCode = endOfTransfer(session, ended);
  return exitCode === exitCodes.done && refused > 0 ? exitCodes.partial : exitCode;
}

function describePreview(found: ImportPreview, output: Output): string[] {
  const { format, reason, imageCount, labelledCount, labels, splits, problemCount, problems, isComplete } = found;
  return [
    `${format}: ${reason}`,
    `${imageCount} pictures, ${labelledCount} of them with a label${isComplete ? '' : ' (there is more; these are of what was seen in 20 seconds)'}`,
    '',
    ...output.table(
      ['label', 'images'],
      labels.map((one) => [one.name, String(one.imageCount)]),
    ),
    ...(splits.some(({ split }) => split !== null)
      ? [
          '',
          ...output.table(
            ['side', 'images'],
            splits.map((one) => [one.split ?? 'automatic', String(one.imageCount)]),
          ),
        ]
      : []),
    ...(problemCount > 0 ? ['', output.warning(`${problemCount} problems`)] : []),
    ...problems.slice(0, problemsShown).map(({ path, message }) => `  ${path}: ${message}`),
    '',
    'Nothing was written.',
  ];
}
