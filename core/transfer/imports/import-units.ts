import { skipReasons, type ArchiveEntry } from '../archives/archive.ts';
import { isIgnoredPath, isPicturePath } from '../formats/picture-path.ts';
import type { ImportFiles } from './import-files.ts';
import type { ItemCode, ItemOutcome } from './import-facts.ts';
import type { PlannedItem } from './planned-item.ts';
import type { ImportPlan } from './read-plan.ts';

/** One step of an import; the same ones in the same order in every attempt. */
export type ImportUnit =
  /** Nothing is to be done but to tell it. */
  | {
      readonly kind: 'TOLD';
      readonly path: string;
      readonly outcome: ItemOutcome;
      readonly code: ItemCode;
      readonly message: string;
    }
  | { readonly kind: 'PICTURE'; readonly entry: ArchiveEntry; readonly planned: PlannedItem | undefined }
  /** Labels for an image that the project has already. */
  | { readonly kind: 'KNOWN'; readonly source: string; readonly planned: PlannedItem };

/** First what was wrong on the way, then the files, then what documents say of images that are not among them. */
export async function* importUnits(plan: ImportPlan, files: ImportFiles): AsyncGenerator<ImportUnit, void> {
  for (const { place, code, message, spoilsItem } of plan.problems)
    yield { kind: 'TOLD', path: place, outcome: spoilsItem ? 'REFUSED' : 'SKIPPED', code, message };
  // Documents alone: there is nothing to go through once more.
  const hasPictures = plan.pictures.size > 0 || plan.others.size === 0;
  for await (const entry of hasPictures ? files.entries() : []) {
    const { path } = entry;
    if ('reason' in entry) {
      if (entry.reason !== 'NOISE')
        yield { kind: 'TOLD', path, outcome: 'SKIPPED', code: entry.reason, message: `${skipReasons[entry.reason]}.` };
    } else if (isPicturePath(path) && !isIgnoredPath(path))
      yield { kind: 'PICTURE', entry, planned: plan.pictures.get(path) };
    else if (!plan.documents.has(path) && !isIgnoredPath(path))
      yield {
        kind: 'TOLD',
        path,
        outcome: 'SKIPPED',
        code: 'UNEXPECTED_FILE',
        message: 'Neither a picture nor a document of labels.',
      };
  }
  for (const [source, planned] of plan.others) yield { kind: 'KNOWN', source, planned };
}

/** How many there will be, as far as that is known before. */
export const expectedUnits = (plan: ImportPlan, paths: number): number =>
  plan.problems.length +
  (plan.pictures.size > 0 || plan.others.size === 0 ? paths - plan.documents.size : 0) +
  plan.others.size;
