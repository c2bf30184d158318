import { stat } from 'node:fs/promises';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { hashFile } from './hash-file.ts';
import { modelFiles } from './model-files.ts';
import { readSourceNote, writeSourceNote } from './source-note.ts';

export type VerifiedState = 'RIGHT' | 'ABSENT' | 'WRONG_SIZE' | 'WRONG_CHECKSUM';

export interface VerifiedModel {
  readonly name: string;
  readonly state: VerifiedState;
  readonly file: string;
  /** What was found, for people. */
  readonly message: string;
}

/** Reads the whole file and compares it with the catalogue. What this command placed is noted as checked when it is right. */
export async function verifyModel(directory: string, entry: CatalogueEntry): Promise<VerifiedModel> {
  const files = modelFiles(directory, entry.name);
  const result = (state: VerifiedState, message: string): VerifiedModel => ({
    name: entry.name,
    state,
    file: files.model,
    message,
  });
  const size = (await stat(files.model).catch(() => undefined))?.size;
  if (size === undefined) return result('ABSENT', `there is no ${files.model}`);
  if (size !== entry.bytes)
    return result('WRONG_SIZE', `${files.model} has ${size} bytes, and the catalogue says ${entry.bytes}`);
  const sha256 = await hashFile(files.model);
  if (sha256 !== entry.sha256)
    return result('WRONG_CHECKSUM', `${files.model} has the SHA-256 ${sha256}, and the catalogue says ${entry.sha256}`);
  const note = await readSourceNote(files);
  if (note) await writeSourceNote(files, note);
  return result('RIGHT', `SHA-256 ${sha256}`);
}
