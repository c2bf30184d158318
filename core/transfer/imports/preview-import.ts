import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { requireProject } from '../../access/project-access.ts';
import type { ActionContext } from '../../access/viewer.ts';
import { Turns } from '../../platform/turns.ts';
import { validate } from '../../platform/validate.ts';
import { InvalidStateError } from '../../platform/errors.ts';
import { TransferFailedError } from '../transfer-facts.ts';
import { transferSplits, type TransferSplit } from '../formats/item.ts';
import type { ItemCode, TransferFormat } from './import-facts.ts';
import { openImportFiles } from './import-files.ts';
import { importUnits } from './import-units.ts';
import type { ItemProblem } from './planned-item.ts';
import { readListing } from './read-listing.ts';
import { readPlan, type ImportPlan } from './read-plan.ts';
import { checkSource, sourceInput } from './start-import.ts';

/** After this long a preview tells what it has seen until then. */
const millisecondsOfPreview = 20_000;
const shownProblems = 100;

/** What an import would find, as far as names and documents tell: no picture is opened. */
export interface ImportPreview {
  readonly format: TransferFormat;
  readonly reason: string;
  /** False when the files were too many to look at all of them in time: all counts are of those seen. */
  readonly isComplete: boolean;
  /** Files that are named like pictures. */
  readonly imageCount: number;
  /** Of those, with a label. */
  readonly labelledCount: number;
  /** Items of documents whose picture is not among the files: their labels go to images of the project by name. */
  readonly elsewhereCount: number;
  readonly labels: readonly { readonly name: string; readonly imageCount: number }[];
  readonly splits: readonly { readonly split: TransferSplit | null; readonly imageCount: number }[];
  readonly problemCount: number;
  readonly problemsByCode: readonly { readonly code: ItemCode; readonly count: number }[];
  /** The first 100. */
  readonly problems: readonly (ItemProblem & { readonly path: string })[];
}

/**
 * Tells what an import would do, and writes nothing. Editors. @throws {ArchiveRefusedError} {InvalidStateError} when the source cannot be imported
 * at all, as the import would fail.
 */
export async function previewImport(ctx: ActionContext, input: z.input<typeof sourceInput>): Promise<ImportPreview> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const values = validate(sourceInput, input);
  const source = await checkSource(ctx, values);
  const { platform } = ctx;
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-preview-'));
  const deadline = performance.now() + millisecondsOfPreview;
  const signal = AbortSignal.timeout(2 * millisecondsOfPreview);
  try {
    await using files = await openImportFiles(platform, values.projectId, source, folder, signal);
    const listing = await readListing(files, folder, { signal, deadline });
    const { labelLength } = platform.config.limits;
    const plan = await readPlan(listing, { ...source, labelLength, signal });
    const tally = new Tally(plan);
    const turns = new Turns();
    for await (const unit of importUnits(plan, files)) {
      if (turns.isOver) await turns.next();
      if (performance.now() > deadline) return tally.preview(false);
      if (unit.kind === 'TOLD') tally.problem(unit.path, unit);
      else if (unit.kind === 'PICTURE') tally.picture(unit.entry.path, unit.planned);
      else tally.elsewhere(unit.source, unit.planned);
    }
    return tally.preview(listing.isComplete);
  } catch (error) {
    // What would fail the import is the mistake of the caller here.
    if (error instanceof TransferFailedError) {
      const { code, message, hint } = error.failure;
      throw new InvalidStateError(`${message} ${hint}`, code);
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Planned = ImportPlan['pictures'] extends ReadonlyMap<string, infer Item> ? Item : never;

class Tally {
  readonly #plan: ImportPlan;
  readonly #labels: number[];
  readonly #splits = new Map<TransferSplit | null, number>();
  readonly #codes = new Map<ItemCode, number>();
  readonly #problems: (ItemProblem & { path: string })[] = [];
  #images = 0;
  #labelled = 0;
  #elsewhere = 0;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
    this.#labels = plan.labels.map(() => 0);
  }

  problem(path: string, { code, message }: ItemProblem): void {
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (this.#problems.length < shownProblems) this.#problems.push({ path, code, message });
  }

  picture(path: string, planned: Planned | undefined): void {
    this.#images++;
    const split = planned?.split ?? null;
    this.#splits.set(split, (this.#splits.get(split) ?? 0) + 1);
    if (planned) this.#item(path, planned);
    if (planned && planned.labels.length > 0) this.#labelled++;
  }

  elsewhere(source: string, planned: Planned): void {
    this.#elsewhere++;
    this.#item(source, planned);
  }

  #item(path: string, { labels, problem }: Planned): void {
    for (const { label } of labels) this.#labels[label]!++;
    if (problem) this.problem(path, problem);
  }

  preview(isComplete: boolean): ImportPreview {
    const { format, reason, labels } = this.#plan;
    return {
      format,
      reason,
      isComplete,
      imageCount: this.#images,
      labelledCount: this.#labelled,
      elsewhereCount: this.#elsewhere,
      labels: labels.map((name, place) => ({ name, imageCount: this.#labels[place]! })),
      splits: [...transferSplits, null].flatMap((split) => {
        const imageCount = this.#splits.get(split);
        return imageCount === undefined ? [] : [{ split, imageCount }];
      }),
      problemCount: [...this.#codes.values()].reduce((sum, count) => sum + count, 0),
      problemsByCode: [...this.#codes].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
      problems: this.#problems,
    };
  }
}
