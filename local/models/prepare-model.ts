import { stat } from 'node:fs/promises';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { adoptFile, AdoptionRefusedError, type Adopted } from '#engine/base-models/adopt/adopt-file.ts';
import { modelFiles } from './model-files.ts';
import { UnusableModelError } from './models-error.ts';

/**
 * Makes a base model of a file that was pulled, beside it, so that workers offer it: what the catalogue says of its input is passed on.
 * @returns undefined where that was done before. @throws {UnusableModelError} @throws the signal's reason.
 */
export async function prepareModel(
  directory: string,
  entry: CatalogueEntry,
  options: { readonly signal: AbortSignal; readonly isNew: boolean },
): Promise<Adopted | undefined> {
  const files = modelFiles(directory, entry.name);
  const isThere = await stat(files.card).then(
    () => true,
    () => false,
  );
  if (isThere && !options.isNew) return undefined;
  const { size, mean, std, resize } = entry.input;
  const word = {
    name: entry.name,
    file: 'adopted.onnx',
    licence: entry.licence.spdx,
    size,
    mean: mean as [number, number, number],
    std: std as [number, number, number],
    resize,
    ...(entry.features && { output: entry.features.value }),
  };
  try {
    return await adoptFile(files.model, files.folder, word, { signal: options.signal });
  } catch (error) {
    if (!(error instanceof AdoptionRefusedError)) throw error;
    throw new UnusableModelError(entry.name, error.message);
  }
}
