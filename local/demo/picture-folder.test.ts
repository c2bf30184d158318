import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from './arguments.ts';
import { projectName, readPictureFolder } from './picture-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(file: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), bytes);
}

/** A picture of one grey; each grey is another file. */
function grey(value: number): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer();
}

async function putClass(folder: string, count: number, firstGrey: number): Promise<void> {
  for (let index = 0; index < count; index++) await put(`${folder}/${index}.png`, await grey(firstGrey + index));
}

const files = (pictures: readonly { file: string }[]) => pictures.map((picture) => picture.file).sort();

describe('a folder of class folders', () => {
  it('should take the last folder as the label and keep one picture out', async () => {
    await putClass('cats', 7, 0);
    await putClass('dogs', 7, 50);
    const set = await readPictureFolder(root, 1);
    expect(set.pictures).toHaveLength(13);
    expect(set.unseen).toHaveLength(1);
    expect(files(set.pictures)).not.toContain(set.unseen[0]!.file);
    expect([...set.pictures, ...set.unseen].every((picture) => dirname(picture.file) === picture.label)).toBe(true);
    expect(set.skipped).toEqual([]);
  });

  it('should keep the same picture out for the same seed, and others for others', async () => {
    await putClass('cats', 9, 0);
    await putClass('dogs', 9, 50);
    const unseen = async (seed: number) => (await readPictureFolder(root, seed)).unseen[0]!.file;
    expect(await unseen(3)).toBe(await unseen(3));
    const several = await Promise.all([1, 2, 3, 4, 5, 6].map(unseen));
    expect(new Set(several).size).toBeGreaterThan(1);
  });

  it('should make one class of folders with the same name', async () => {
    await putClass('train/cats', 4, 0);
    await putClass('test/cats', 4, 10);
    await putClass('train/dogs', 4, 50);
    const { pictures, unseen } = await readPictureFolder(root, 0);
    const labels = [...pictures, ...unseen].map((picture) => picture.label);
    expect(labels.filter((label) => label === 'cats')).toHaveLength(8);
    expect(new Set(labels).size).toBe(2);
  });

  it('should be silent on leftovers and report what else is no picture', async () => {
    await putClass('cats', 3, 0);
    await putClass('dogs', 3, 50);
    for (const leftover of ['.DS_Store', 'cats/.DS_Store', 'cats/Thumbs.db', '__MACOSX/cats/._1.png', '.git/x.png'])
      await put(leftover, 'x');
    await put('cats/notes.txt', 'x');
    await put('cover.png', await grey(99));
    await symlink(join(root, 'nowhere'), join(root, 'dogs', 'gone.png'));
    const { pictures, unseen, skipped } = await readPictureFolder(root, 0);
    expect(pictures.length + unseen.length).toBe(6);
    expect(skipped).toEqual([
      { file: 'cats/notes.txt', reason: 'no picture by its name' },
      { file: 'cover.png', reason: 'lies in no class folder' },
      { file: 'dogs/gone.png', reason: 'cannot be read' },
    ]);
  });

  it('should end although a link leads back up', async () => {
    await putClass('cats', 3, 0);
    await putClass('dogs', 3, 50);
    await symlink(root, join(root, 'cats', 'again'));
    const { pictures, unseen } = await readPictureFolder(root, 0);
    expect(pictures.length + unseen.length).toBe(6);
  });

  it('should keep no damaged picture out, nor one of which the others hold a copy', async () => {
    await putClass('cats', 1, 0);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await put(`cats/copy-${name}.png`, await grey(7));
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await put(`dogs/damaged-${name}.png`, `damaged ${name}`);
    const { unseen } = await readPictureFolder(root, 0);
    expect(files(unseen)).toEqual(['cats/0.png']);
  });

  it('should take the unseen picture from a class that can spare it', async () => {
    await putClass('few', 5, 0);
    await putClass('many', 6, 50);
    for (let seed = 0; seed < 8; seed++) expect((await readPictureFolder(root, seed)).unseen[0]!.label).toBe('many');
  });

  it.each([
    ['an empty folder', () => Promise.resolve(), /no class folders/],
    ['a single class', () => putClass('cats', 6, 0), /one class only \("cats"\)/],
  ])('should refuse %s', async (_what, fill, message) => {
    await fill();
    const reading = readPictureFolder(root, 0);
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });

  it('should refuse what is not there and what is no folder', async () => {
    await put('file', 'x');
    await expect(readPictureFolder(join(root, 'missing'), 0)).rejects.toThrow(/There is no folder .*missing/);
    await expect(readPictureFolder(join(root, 'file'), 0)).rejects.toThrow(/is a file/);
  });
});

describe('the project name of a folder', () => {
  it.each([
    ['flowers_17', 'flowers_17'],
    ['My flowers (2024)', 'My-flowers-2024'],
    ['102flowers', 'pictures-102flowers'],
    ['花', 'pictures'],
    ['a'.repeat(40), 'a'.repeat(32)],
  ])('should make of %j %j', (folder, name) => {
    expect(projectName(folder)).toBe(name);
  });
});
