import { releaseBytes } from '#engine/pictures/index.ts';
import { compareSoon } from '../../images/compare-images.ts';
import { eq } from 'drizzle-orm';
import { deletePictures, storePictures } from '../../images/store-pictures.ts';
import { createMissingLabels } from '../../labels/create-missing-labels.ts';
import { NotFoundError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { wakeProjectWatchers } from '../../projects/project-events.ts';
import { lockProject, readProject } from '../../projects/project-row.ts';
import { transferItemTable, transferTable } from '../table.ts';
import { StaleTransferError } from '../transfer-events.ts';
import type { TransferOutcome, TransferRun } from '../transfer-run.ts';
import { importBatches } from './import-batches.ts';
import { noCounts, type ImportInput, type ImportState } from './import-facts.ts';
import { openImportFiles } from './import-files.ts';
import { expectedUnits, importUnits } from './import-units.ts';
import { preparePictures, type PreparedUnit, type ReadUnit } from './prepare-pictures.ts';
import { readListing } from './read-listing.ts';
import { readPlan, type ImportPlan } from './read-plan.ts';
import { writeImportReport } from './import-report.ts';
import { BytesGoneError, writeUnits, type ImportTarget } from './write-units.ts';

/**
 * Brings pictures and labels into a project. Reads everything but the pictures first; then four batches are under way at a time: one is read, two
 * are decoded, one is written. Each is one transaction with its items and the place to go on from.
 */
export async function runImport(platform: Platform, run: TransferRun): Promise<TransferOutcome> {
  const { projectId } = run.transfer;
  const input = run.transfer.input as ImportInput;
  await using files = await openImportFiles(platform, projectId, input, run.folder, run.signal);
  const listing = await readListing(files, run.folder, {
    signal: run.signal,
    onProgress: (done) => run.progress({ phase: 'READING', done, total: null }),
  });
  const { labelLength } = platform.config.limits;
  const plan = await readPlan(listing, { ...input, labelLength, signal: run.signal });
  const importing = await Importing.begin(platform, run, plan, input);
  const total = expectedUnits(plan, listing.paths.length);

  const preparing: Promise<PreparedUnit[]>[] = [];
  let writing = Promise.resolve();
  try {
    for await (const batch of importBatches(platform, importUnits(plan, files), importing.state.done)) {
      run.signal.throwIfAborted();
      // Decoded beside the end of the batch before it, so that no thread waits for that one's last picture.
      if (preparing.length === 2) await preparing.shift();
      const prepared = importing.prepare(batch);
      preparing.push(prepared);
      const before = writing;
      writing = prepared.then(async (units) => {
        await before;
        await importing.write(batch, units);
        run.progress({ phase: 'WRITING', done: importing.state.done, total });
      });
      // Heard of below; without this it would end the process first.
      writing.catch(() => {});
      await before;
    }
    await writing;
  } finally {
    await Promise.allSettled([...preparing, writing]);
  }
  const reportKey = await writeImportReport(platform, run.transfer);
  compareSoon(platform);
  return { result: { ...importing.state, ...(reportKey && { reportKey }) } satisfies ImportState };
}

/** An attempt, with how far it is. */
class Importing {
  state: ImportState;
  readonly #platform: Platform;
  readonly #run: TransferRun;
  readonly #target: ImportTarget;

  private constructor(platform: Platform, run: TransferRun, target: ImportTarget, state: ImportState) {
    this.#platform = platform;
    this.#run = run;
    this.#target = target;
    this.state = state;
  }

  /** Makes the labels that the project does not have. @throws {LimitExceededError} */
  static async begin(platform: Platform, run: TransferRun, plan: ImportPlan, input: ImportInput): Promise<Importing> {
    const { projectId, id: transferId, createdBy } = run.transfer;
    const earlier = run.transfer.checkpoint as ImportState | null;
    const { ids, state } = await run.transaction(async (tx) => {
      await lockProject(tx, projectId);
      const { ids, created } = await createMissingLabels(tx, projectId, plan.labels);
      const state: ImportState = {
        ...(earlier ?? { format: plan.format, done: 0, items: 0, counts: noCounts }),
        labelsCreated: (earlier?.labelsCreated ?? 0) + created,
      };
      await tx.update(transferTable).set({ checkpoint: state }).where(eq(transferTable.id, transferId));
      return { ids, state };
    });
    wakeProjectWatchers(platform, projectId);
    const { existingLabels } = input;
    const target = { projectId, transferId, labelIds: ids, labelNames: plan.labels, existingLabels, createdBy };
    return new Importing(platform, run, target, state);
  }

  prepare(batch: readonly ReadUnit[]): Promise<PreparedUnit[]> {
    return preparePictures(this.#platform, this.#target.projectId, batch, this.#run.signal);
  }

  async write(batch: readonly ReadUnit[], prepared: readonly PreparedUnit[]): Promise<void> {
    const { projectId } = this.#target;
    let units = prepared;
    for (let tries = 1; ; tries++) {
      const pictures = units.flatMap((unit) =>
        unit.kind === 'PICTURE' && 'sha256' in unit.file && unit.file.picture ? [unit.file.picture] : [],
      );
      await storePictures(this.#platform, projectId, pictures);
      try {
        this.state = await this.#commit(units);
        break;
      } catch (error) {
        if (error instanceof StaleTransferError && (await isGone(this.#platform, projectId)))
          await deletePictures(
            this.#platform,
            projectId,
            pictures.map(({ sha256 }) => sha256),
          );
        if (!(error instanceof BytesGoneError) || tries === 3) throw error;
        units = await this.prepare(batch);
      }
    }
    releaseBatch(batch, units);
    wakeProjectWatchers(this.#platform, projectId);
  }

  #commit(units: readonly PreparedUnit[]): Promise<ImportState> {
    const { state } = this;
    return this.#run.transaction(async (tx) => {
      const items = await writeUnits(tx, this.#platform, this.#target, units);
      const { transferId } = this.#target;
      await tx
        .insert(transferItemTable)
        .values(items.map((item, offset) => ({ ...item, transferId, index: state.items + offset })));
      const counts = { ...state.counts };
      for (const { outcome } of items) counts[outcome]++;
      const next = { ...state, counts, done: state.done + units.length, items: state.items + items.length };
      await this.#run.checkpoint(tx, next);
      return next;
    });
  }
}

/** Of what was written nobody needs the bytes any more. */
function releaseBatch(batch: readonly ReadUnit[], prepared: readonly PreparedUnit[]): void {
  for (const unit of batch) if (unit.kind === 'PICTURE' && 'bytes' in unit.file) releaseBytes(unit.file.bytes);
  for (const unit of prepared)
    if (unit.kind === 'PICTURE' && 'sha256' in unit.file && unit.file.picture) {
      const { jpeg, thumbnail } = unit.file.picture.picture;
      releaseBytes(jpeg);
      releaseBytes(thumbnail);
    }
}

async function isGone({ db }: Platform, projectId: string): Promise<boolean> {
  try {
    await readProject(db, projectId);
    return false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}
