import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { catalogueNameSchema } from '#engine/base-models/catalogue.ts';
import {
  adoptFile,
  AdoptionRefusedError,
  type Adopted,
  type AdoptionOptions,
} from '#engine/base-models/adopt/adopt-file.ts';
import { UsageError } from '../demo/arguments.ts';
import { NameTakenError, UnusableModelError } from './models-error.ts';

/** What the command line says of the model. */
export interface AddOptions extends Omit<AdoptionOptions, 'name'> {
  readonly file: string;
  /** Left out = from the name of the file. */
  readonly name?: string;
}

/**
 * Makes a base model of somebody's ONNX file and puts it into the folder of models in one step.
 * @throws {UsageError} for a name that is none. @throws {NameTakenError} @throws {UnusableModelError} @throws the signal's reason.
 */
export async function addModel(directory: string, options: AddOptions, signal: AbortSignal): Promise<Adopted> {
  const { file, name: given, ...word } = options;
  const name = given ?? nameOf(file);
  const checked = catalogueNameSchema.safeParse(name);
  if (!checked.success)
    throw new UsageError(
      `--name must be lower-case words joined by hyphens, at most 64 characters, not ${JSON.stringify(name)}.`,
    );
  const folder = join(directory, name);
  if (await stat(folder).catch(() => undefined)) throw new NameTakenError(name, folder);
  const draft = join(directory, `${name}.part-${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  try {
    const adopted = await adoptFile(resolve(file), draft, { ...word, name }, { signal });
    await rename(draft, folder);
    return adopted;
  } catch (error) {
    if (error instanceof AdoptionRefusedError) throw new UnusableModelError(name, error.message);
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const nameOf = (file: string): string =>
  basename(file)
    .replace(/\.onnx$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
