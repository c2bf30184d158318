import { stat } from 'node:fs/promises';
import { orThrow, type DatasetExport, type ExportFormat, type Project } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { saveDownload } from './save-download.ts';
import type { Session } from './session.ts';
import { formatBytes } from './text/format-bytes.ts';
import { endOfTransfer, watchTransfer } from './watch-transfer.ts';

export interface ExportOptions {
  readonly format?: ExportFormat;
  readonly datasetVersion?: string;
  readonly images: boolean;
  readonly unlabelled?: boolean;
  readonly sourcePrefix?: string;
  readonly out?: string;
}

/** Has a worker make the archive, and saves it. */
export async function exportImages(
  session: Session,
  { id: projectId, name }: Project,
  { format = 'FOLDERS', datasetVersion, images, unlabelled, sourcePrefix, out }: ExportOptions,
): Promise<ExitCode> {
  const { exemplar, output, find } = session;
  const started = await orThrow(
    exemplar.transfers.startExport({
      projectId,
      format,
      datasetVersionId:
        datasetVersion === undefined ? undefined : (await find.datasetVersion(projectId, datasetVersion)).id,
      includeImages: images,
      includeUnlabelled: unlabelled,
      sourcePrefix,
    }),
  );
  const ended = (await watchTransfer(session, started)) as DatasetExport;
  if (ended.state !== 'COMPLETED') return endOfTransfer(session, ended);
  const file = out ?? `${name}-${format.toLowerCase().replaceAll('_', '-')}.zip`;
  await saveDownload((await exemplar.transfers.download(ended.id))!, file);
  const { size } = await stat(file);
  output.result({ ...ended, file }, () => [
    `${ended.imageCount} images in ${file} (${formatBytes(size)}).`,
    ...(ended.losses ?? []).map(({ count, message }) => output.warning(`  ${count} images: ${message}`)),
  ]);
  return exitCodes.done;
}
