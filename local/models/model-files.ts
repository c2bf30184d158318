import { join } from 'node:path';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';

/** What people type, as it stands in messages and in the help. */
export const modelsCommand = 'npm run exemplar -- models';

export interface ModelFiles {
  readonly folder: string;
  /** The ONNX file; it exists only whole and with the right checksum, unless somebody else put it there. */
  readonly model: string;
  /** What was placed, whence and when; the sign that this command placed it. */
  readonly source: string;
  /** Card, network and remarks of the base model that was made of the file. */
  readonly card: string;
  readonly adopted: string;
  readonly adoption: string;
  /** Folder of an unfinished download that nobody works on. */
  readonly part: string;
}

/** Where a base model stands in the folder of models. */
export function modelFiles(directory: string, name: string): ModelFiles {
  const folder = join(directory, name);
  return {
    folder,
    model: join(folder, 'model.onnx'),
    source: join(folder, 'source.json'),
    card: join(folder, 'base-model.json'),
    adopted: join(folder, 'adopted.onnx'),
    adoption: join(folder, 'adoption.json'),
    part: join(directory, `${name}.part`),
  };
}

/** Where the file is fetched: the catalogue's address, or `MIRROR/NAME/FILE`. */
export function addressOf(entry: CatalogueEntry, mirror: string | undefined): string {
  return mirror === undefined
    ? entry.url
    : `${mirror}/${entry.name}/${entry.url.slice(entry.url.lastIndexOf('/') + 1)}`;
}
