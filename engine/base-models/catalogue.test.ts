import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueError, readCatalogue, shippedCatalogue } from './catalogue.ts';

/** Licences that allow use, change and sale without conditions on the models trained with them. */
const permissive = ['Apache-2.0', 'MIT', 'BSD-3-Clause', 'BSD-2-Clause'];

describe('the catalogue that ships', () => {
  it('has a small, a plain, an efficient and a strong model', async () => {
    const names = (await readCatalogue()).map(({ name }) => name);
    expect(names).toEqual(['mobilenetv2', 'resnet50', 'efficientnet-lite4', 'dinov2-small']);
  });

  it('is permissively licensed, over https, from one file each', async () => {
    const models = await readCatalogue();
    for (const { licence, url, name } of models) {
      expect(permissive, name).toContain(licence.spdx);
      expect(new URL(url).protocol, name).toBe('https:');
    }
    expect(new Set(models.map(({ sha256 }) => sha256)).size).toBe(models.length);
  });

  it('feeds EfficientNet-Lite4 with (pixel - 127) / 128', async () => {
    const { input } = (await readCatalogue()).find(({ name }) => name === 'efficientnet-lite4')!;
    for (const pixel of [0, 127, 255])
      expect((pixel / 255 - input.mean[0]!) / input.std[0]!).toBeCloseTo((pixel - 127) / 128, 12);
  });
});

describe('a bad catalogue', () => {
  let folder: string;
  let good: { version: number; models: Record<string, unknown>[] };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-catalogue-'));
    good = JSON.parse(await readFile(shippedCatalogue, 'utf8'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const mistakesOf = async (text: string): Promise<string> => {
    const file = join(folder, 'catalogue.json');
    await writeFile(file, text);
    const error = await readCatalogue(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CatalogueError);
    expect((error as Error).message).toContain(file);
    return (error as Error).message;
  };
  const withFirst = (change: Record<string, unknown>) =>
    JSON.stringify({ ...good, models: [{ ...good.models[0], ...change }, ...good.models.slice(1)] });

  it.each([
    ['name', '../../etc'],
    ['name', '-rf'],
    ['name', 'Model'],
    ['url', 'http://models.example/a.onnx'],
    ['url', 'file:///etc/passwd'],
    ['url', 'https://models.example/'],
    ['url', 'https://models.example/a.onnx?download=true'],
    ['bytes', 0],
    ['sha256', 'abc'],
    ['licence', 'MIT'],
    ['opset', 3],
    ['colour', 'blue'],
  ])('with %s = %j names the field', async (field, value) => {
    expect(await mistakesOf(withFirst({ [field]: value }))).toMatch(new RegExp(`models\\.0.*${field}`));
  });

  it('lists all mistakes together', async () => {
    expect(await mistakesOf(withFirst({ bytes: -1, sha256: 'x' }))).toContain('has 2 mistake(s)');
  });

  it('with one name twice names the second', async () => {
    expect(await mistakesOf(withFirst({ name: 'resnet50' }))).toContain('models.1.name: resnet50 occurs twice');
  });

  it('that is no JSON or is missing says so', async () => {
    expect(await mistakesOf('{')).toContain('is not JSON');
    await expect(readCatalogue(join(folder, 'none.json'))).rejects.toThrow(CatalogueError);
  });
});
