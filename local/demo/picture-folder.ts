import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { UsageError } from './arguments.ts';
import { labelsOf, type LabelledPicture, type PictureSet, type SkippedFile } from './picture-set.ts';
import { chooseUnseen } from './unseen-picture.ts';

const pictureEndings = /\.(jpe?g|png|bmp|webp|gif|tiff?|avif)$/i;
/** What operating systems and archives leave in folders; nobody wants to hear of it. */
const leftovers = /^(\..*|Thumbs\.db|desktop\.ini|__MACOSX|Icon\r|@eaDir)$/i;

/**
 * Reads a folder of class folders at any depth: the last folder level is the label, so `train/cats` and `test/cats` are one class.
 * @throws {UsageError} when it is no folder or holds fewer than two classes.
 */
export async function readPictureFolder(path: string, seed: number): Promise<PictureSet> {
  const root = resolve(path);
  const info = await stat(root).catch(() => undefined);
  if (!info) throw new UsageError(`There is no folder ${root}.`);
  if (!info.isDirectory())
    throw new UsageError(`${root} is a file; a folder with a folder of pictures per class is needed.`);
  const pictures: LabelledPicture[] = [];
  const skipped: SkippedFile[] = [];
  await scan(root, root, new Set(), pictures, skipped);
  const labels = labelsOf(pictures);
  if (labels.length === 0)
    throw new UsageError(`${root} holds no class folders with pictures (jpg jpeg png bmp webp gif tif tiff avif).`);
  if (labels.length === 1)
    throw new UsageError(`${root} holds one class only (${JSON.stringify(labels[0])}); at least two are needed.`);
  const unseen = await chooseUnseen(pictures, seed);
  return {
    name: projectName(basename(root)),
    pictures: pictures.filter((picture) => picture !== unseen),
    unseen: [unseen],
    skipped,
  };
}

async function scan(
  root: string,
  folder: string,
  visited: Set<string>,
  pictures: LabelledPicture[],
  skipped: SkippedFile[],
): Promise<void> {
  // Links may lead back up.
  const real = await realpath(folder);
  if (visited.has(real)) return;
  visited.add(real);
  const names = (await readdir(folder)).filter((name) => !leftovers.test(name));
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  for (const name of names) {
    const path = join(folder, name);
    const file = relative(root, path);
    const info = await stat(path).catch(() => undefined);
    if (!info) skipped.push({ file, reason: 'cannot be read' });
    else if (info.isDirectory()) await scan(root, path, visited, pictures, skipped);
    else if (!info.isFile() || !pictureEndings.test(name)) skipped.push({ file, reason: 'no picture by its name' });
    else if (folder === root) skipped.push({ file, reason: 'lies in no class folder' });
    else
      pictures.push({
        file,
        label: basename(folder).normalize('NFC').trim(),
        byteSize: info.size,
        read: async () => new Uint8Array(await readFile(path)),
      });
  }
}

/** Project names take letters, digits, `_` and `-`, a letter first, at most 32. */
export function projectName(folderName: string): string {
  const allowed = folderName.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return (/^[A-Za-z]/.test(allowed) ? allowed : `pictures-${allowed}`).slice(0, 32).replace(/-+$/, '');
}
