import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { PictureSource } from '../features/picture-source.ts';
import { normalisePicture } from '../pictures/index.ts';
import { random } from '../random/random.ts';
import { shuffledIndices } from '../random/shuffle.ts';

const extensions = new Set(['.jpg', '.jpeg', '.png', '.bmp', '.webp', '.gif', '.tif', '.tiff', '.avif']);

export interface PictureFolder {
  /** One a sub-folder, by name. */
  readonly classes: readonly { readonly id: string; readonly name: string }[];
  readonly train: PictureSource;
  readonly validation: PictureSource;
}

/**
 * A folder of class folders as what {@link trainClassifier} takes: pictures are read and normalised when they are asked for. Of each class
 * of n pictures round(n (1 - trainRatio)), at least one, are for validation; the seed says which.
 * @param options.trainRatio over (0,1). @param options.perClass most training pictures of a class. @default all
 * @throws {RangeError} for a class of fewer than two pictures.
 */
export async function openPictureFolder(
  path: string,
  options: { readonly trainRatio: number; readonly seed: number; readonly perClass?: number },
): Promise<PictureFolder> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const train: LabelledFile[] = [];
  const validation: LabelledFile[] = [];
  for (const [label, name] of names.entries()) {
    const files = (await readdir(join(path, name)))
      .filter((file) => extensions.has(extname(file).toLowerCase()))
      .sort();
    if (files.length < 2) throw new RangeError(`${join(path, name)}: at least two pictures are needed`);
    const order = [...shuffledIndices(files.length, random(options.seed, label))];
    const shuffled = order.map((index) => ({ file: join(path, name, files[index]!), label }));
    const held = Math.min(files.length - 1, Math.max(1, Math.round(files.length * (1 - options.trainRatio))));
    validation.push(...shuffled.slice(0, held));
    train.push(...shuffled.slice(held, options.perClass === undefined ? undefined : held + options.perClass));
  }
  return {
    classes: names.map((name) => ({ id: name, name })),
    train: await sourceOf(train),
    validation: await sourceOf(validation),
  };
}

interface LabelledFile {
  readonly file: string;
  readonly label: number;
}

async function sourceOf(files: readonly LabelledFile[]): Promise<PictureSource> {
  const keys: string[] = [];
  for (const { file } of files)
    keys.push(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
  return {
    count: files.length,
    labels: Int32Array.from(files, ({ label }) => label),
    load: async (index) => (await normalisePicture(await readFile(files[index]!.file))).jpeg,
    keyOf: (index) => keys[index]!,
  };
}
