import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { modelFiles } from './model-files.ts';
import { readSourceNote } from './source-note.ts';

/**
 * `CHECKED`: its bytes were found right and were not touched since. `UNCHECKED`: the size is right, the bytes were touched or never
 * compared. `DAMAGED`: the size is wrong. `PARTIAL`: a download was begun. Tells by the look of the files, without reading them.
 */
export type ListedState = 'ABSENT' | 'PARTIAL' | 'CHECKED' | 'UNCHECKED' | 'DAMAGED';

export interface ListedModel {
  readonly entry: CatalogueEntry;
  readonly state: ListedState;
  /** Of the model's file, or of what is here of it; 0 where nothing is. */
  readonly bytesHere: number;
  readonly file: string;
  /** When the bytes were last found right, ISO 8601; null = never. */
  readonly checkedAt: string | null;
}

/** What is here of each model of the catalogue, in its order. */
export async function listModels(
  directory: string,
  catalogue: readonly CatalogueEntry[],
): Promise<readonly ListedModel[]> {
  return Promise.all(catalogue.map((entry) => listModel(directory, entry)));
}

/** Names of base models in the folder that are of no catalogue, such as added ones. */
export async function listOwnModels(
  directory: string,
  catalogue: readonly CatalogueEntry[],
): Promise<readonly string[]> {
  const folders = await readdir(directory).catch(() => []);
  const own: string[] = [];
  for (const name of folders.sort()) {
    if (name.includes('.part') || catalogue.some((entry) => entry.name === name)) continue;
    if (await stat(modelFiles(directory, name).card).catch(() => undefined)) own.push(name);
  }
  return own;
}

async function listModel(directory: string, entry: CatalogueEntry): Promise<ListedModel> {
  const files = modelFiles(directory, entry.name);
  const found = await stat(files.model).catch(() => undefined);
  const note = found && (await readSourceNote(files));
  const common = { entry, file: files.model, checkedAt: note?.checked.at ?? null };
  if (!found) {
    const bytesHere = await partBytes(directory, entry.name);
    return { ...common, state: bytesHere > 0 ? 'PARTIAL' : 'ABSENT', bytesHere };
  }
  const bytesHere = found.size;
  if (bytesHere !== entry.bytes) return { ...common, state: 'DAMAGED', bytesHere };
  const isUntouched =
    note?.entry.sha256 === entry.sha256 &&
    note.checked.bytes === found.size &&
    note.checked.modifiedMilliseconds === found.mtimeMs;
  return { ...common, state: isUntouched ? 'CHECKED' : 'UNCHECKED', bytesHere };
}

/** Of the furthest unfinished download, also of one that is under way. */
async function partBytes(directory: string, name: string): Promise<number> {
  const parts = (await readdir(directory).catch(() => [])).filter(
    (found) => found === `${name}.part` || found.startsWith(`${name}.part-`),
  );
  const sizes = parts.map((part) =>
    stat(join(directory, part, 'model.onnx')).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return Math.max(0, ...(await Promise.all(sizes)));
}
