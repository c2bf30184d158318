import { findDatasetVersion } from '../../datasets/dataset-versions.ts';
import type { Platform } from '../../platform/platform.ts';
import { keepTransferObjects } from '../transfer-expiry.ts';
import { TransferFailedError } from '../transfer-facts.ts';
import { transferPrefix } from '../transfer-row.ts';
import type { TransferOutcome, TransferRun } from '../transfer-run.ts';
import { exportInput, type ExportInput, type ExportResult } from './export-facts.ts';
import type { ExportItem, ExportItems } from './export-items.ts';
import type { ExportPlan } from './export-plan.ts';
import { spoolItems } from './item-spool.ts';
import { readCurrentItems, readVersionItems, type ExportSource } from './read-export-items.ts';
import { writeArchive } from './write-archive.ts';

/**
 * Makes the archive of an export: writes the labels of one moment down on the worker's disk, then streams documents and pictures into the
 * object store. Nothing is kept between attempts: another one begins anew, with a dataset version to the same end byte for byte.
 */
export async function runExport(platform: Platform, run: TransferRun): Promise<TransferOutcome> {
  const { transfer, signal } = run;
  const { exportDays } = platform.config.transfers;
  const prefix = transferPrefix(transfer);
  await run.transaction((tx) => keepTransferObjects(tx, transfer.id, exportDays));
  // What an attempt that was killed has left.
  await platform.objects.deleteAll(prefix);
  const input = exportInput(transfer);
  const { items, plan, fileName } = await collectItems(platform, run, input);
  const key = `${prefix}${transfer.attempt}/${fileName}`;
  const { projectId } = transfer;
  const written = await writeArchive(platform.objects, { projectId, key }, items, plan, {
    signal,
    progress: (done) => run.progress({ phase: 'WRITING', done, total: items.count }),
  });
  const result: ExportResult = {
    key,
    ...written,
    imageCount: items.count,
    labelsOf: plan.writtenAt.toISOString(),
  };
  try {
    return await run.transaction(async () => ({
      result,
      finish: (tx) => keepTransferObjects(tx, transfer.id, exportDays),
    }));
  } catch (error) {
    // Most often the project was deleted meanwhile, with all its files but this one.
    await platform.objects.delete(key);
    throw error;
  }
}

interface CollectedItems {
  readonly items: ExportItems;
  readonly plan: ExportPlan;
  /** Of the archive. */
  readonly fileName: string;
}

async function collectItems(
  platform: Platform,
  run: TransferRun,
  { datasetVersionId, format, includeImages, includeUnlabelled, sourcePrefix }: ExportInput,
): Promise<CollectedItems> {
  const { transfer, signal, folder } = run;
  const collect = async (source: ExportSource, name: string, writtenAt: Date): Promise<CollectedItems> => {
    const plan = { format, includeImages, sourcePrefix, name, classes: source.classes, writtenAt };
    const counted = async function* (): AsyncGenerator<ExportItem, void> {
      let done = 0;
      for await (const item of source.items) {
        signal.throwIfAborted();
        run.progress({ phase: 'READING', done: ++done, total: null });
        yield item;
      }
    };
    const fileName = `${name}-${format.toLowerCase().replaceAll('_', '-')}.zip`;
    return { items: await spoolItems(folder, counted()), plan, fileName };
  };
  if (datasetVersionId === null)
    return readCurrentItems(platform.db, transfer.projectId, { includeUnlabelled }, (source, readAt) =>
      collect(source, 'labels', readAt),
    );
  const version = await findDatasetVersion(platform.db, datasetVersionId);
  if (!version)
    throw new TransferFailedError(
      'SOURCE_MISSING',
      'The dataset version was deleted.',
      'Export another one, or the labels as they are now.',
    );
  return collect(await readVersionItems(platform.db, version), version.name, version.createdAt);
}
