import { rm, rmdir, stat } from 'node:fs/promises';
import { abandonedParts } from './part-folder.ts';
import { modelFiles } from './model-files.ts';
import { NotPlacedHereError } from './models-error.ts';
import { readSourceNote } from './source-note.ts';

export interface RemovedModel {
  readonly name: string;
  /** `ABSENT`: there was nothing to remove. */
  readonly outcome: 'REMOVED' | 'ABSENT';
}

/**
 * Removes the model that a pull placed or that was added, what was made of it, its note and what is left of downloads that nobody works on; other files in its folder stay.
 * @throws {NotPlacedHereError} the file is there and has no note
 */
export async function removeModel(directory: string, name: string): Promise<RemovedModel> {
  const files = modelFiles(directory, name);
  const exists = async (path: string) => (await stat(path).catch(() => undefined)) !== undefined;
  const isThere = await exists(files.model);
  const isAdded = (await exists(files.adoption)) && !(await exists(files.source));
  if (isThere && !isAdded && !(await readSourceNote(files))) throw new NotPlacedHereError(name, files.model);
  const parts = [files.part, ...(await abandonedParts(directory, name))];
  let hadPart = false;
  for (const part of parts) {
    hadPart ||= await exists(part);
    await rm(part, { recursive: true, force: true });
  }
  // The card first, so that no worker offers what is on its way out.
  for (const file of [files.card, files.adopted]) await rm(file, { force: true });
  // The note last: after a crash in between, the rest can still be removed.
  await rm(files.model, { force: true });
  for (const file of [files.adoption, files.source]) await rm(file, { force: true });
  await rmdir(files.folder).catch(() => {});
  return { name, outcome: isThere || hadPart ? 'REMOVED' : 'ABSENT' };
}
