import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BaseModelError, loadBaseModel, type BaseModelCard } from './base-model.ts';
import { openFrozenPrefix } from './features/frozen-prefix.ts';
import { OnnxFormatError } from './onnx/onnx-format-error.ts';
import type { ModelProto } from './onnx/onnx-messages.ts';
import { writeModel } from './onnx/write-model.ts';
import { tinyBaseModel, writeTinyBaseModel } from './testing/tiny-base-model.ts';

describe('loadBaseModel', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-base-'));
    await writeTinyBaseModel(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const writeCard = (card: unknown) => writeFile(join(folder, 'base-model.json'), JSON.stringify(card));
  /** Another ONNX file, with a card that fits it. */
  const replaceModel = async (
    change: (model: ModelProto) => Partial<ModelProto>,
    card: Partial<BaseModelCard> = {},
  ) => {
    const tiny = tinyBaseModel();
    const bytes = writeModel({ ...tiny.model, ...change(tiny.model) });
    await writeFile(join(folder, 'model.onnx'), bytes);
    await writeCard({ ...tiny.card, ...card, sha256: createHash('sha256').update(bytes).digest('hex') });
  };
  const failure = async (directory = folder) => {
    const error = await loadBaseModel(directory).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BaseModelError);
    return (error as Error).message;
  };

  it('reads what was written', async () => {
    const { card, model } = await loadBaseModel(folder);
    expect(card).toEqual(tinyBaseModel().card);
    expect(model.graph.node).toHaveLength(14);
  });

  it('reads the one that ships', async () => {
    const { card } = await loadBaseModel(join(import.meta.dirname, 'base-models/exemplar-res-s'));
    expect(card.bytes).toBe(
      (await readFile(join(import.meta.dirname, 'base-models/exemplar-res-s', card.file))).length,
    );
  });

  it('says where there is no base model', async () => {
    const missing = join(folder, 'missing');
    expect(await failure(missing)).toBe(`There is no base model at ${join(missing, 'base-model.json')}.`);
  });

  it('says that the card is not JSON', async () => {
    await writeFile(join(folder, 'base-model.json'), '{ "name": ');
    expect(await failure()).toMatch(/base-model\.json is not valid: SyntaxError/);
  });

  const { card } = tinyBaseModel();
  it.each([
    ['name', { ...card, name: '' }],
    ['file', { ...card, file: '../model.onnx' }],
    ['sha256', { ...card, sha256: 'abc' }],
    ['bytes', { ...card, bytes: 0 }],
    ['input.size', { ...card, input: { ...card.input, size: 4 } }],
    ['input.mean', { ...card, input: { ...card.input, mean: [0.5] } }],
    ['input.std[0]', { ...card, input: { ...card.input, std: [0, 1, 1] } }],
    ['input.channelOrder', { ...card, input: { ...card.input, channelOrder: 'BGR' } }],
    ['input.resize', { ...card, input: { ...card.input, resize: 'contain' } }],
    ['output.dimension', { ...card, output: { ...card.output, dimension: 1.5 } }],
    ['licence', { ...card, licence: undefined }],
  ])('names the wrong field of the card: %s', async (field, wrong) => {
    await writeCard(wrong);
    const message = await failure();
    expect(message).toContain('is not valid');
    expect(message).toContain(`at ${field}`);
  });

  it('says that the file of the card is missing', async () => {
    await rm(join(folder, 'model.onnx'));
    expect(await failure()).toBe(`The base model tiny lacks its file ${join(folder, 'model.onnx')}.`);
  });

  it('refuses a file that is not the one of the card', async () => {
    await writeCard({ ...card, sha256: '0'.repeat(64) });
    expect(await failure()).toContain(`SHA-256 ${card.sha256} instead of ${'0'.repeat(64)}`);
  });

  it('says of a damaged file what it is', async () => {
    await writeFile(join(folder, 'model.onnx'), 'version https://git-lfs.github.com/spec/v1\n');
    await expect(loadBaseModel(folder)).rejects.toThrow(OnnxFormatError);
    await expect(loadBaseModel(folder)).rejects.toThrow('git lfs pull');
  });

  it('refuses old, foreign and missing operator sets', async () => {
    await replaceModel(() => ({ opsetImport: [{ domain: '', version: 12 }] }));
    expect(await failure()).toBe('The base model tiny uses operator set 12; 13 or later is needed.');
    await replaceModel(() => ({ opsetImport: [{ domain: 'ai.onnx.ml', version: 17 }] }));
    expect(await failure()).toContain('operator set none');
    await replaceModel(() => ({ opsetImport: [{ domain: 'ai.onnx', version: 13 }] }));
    expect((await loadBaseModel(folder)).model.opsetImport).toHaveLength(1);
  });

  it('refuses own functions', async () => {
    await replaceModel(() => ({ functions: [Uint8Array.of(0x0a, 1, 0x66)] }));
    expect(await failure()).toContain('own functions');
  });

  it('refuses an input that is missing or not float32', async () => {
    await writeCard({ ...card, input: { ...card.input, name: 'pixels' } });
    expect(await failure()).toBe('The base model tiny has no float32 input "pixels".');
    await replaceModel(({ graph }) => ({
      graph: { ...graph, input: [{ name: 'input', type: { tensorType: { elemType: 2 } } }] },
    }));
    expect(await failure()).toBe('The base model tiny has no float32 input "input".');
  });

  it('refuses an output that is missing', async () => {
    await writeCard({ ...card, output: { ...card.output, name: 'embedding' } });
    expect(await failure()).toBe('The base model tiny has no output "embedding".');
  });

  it('leads to an error when the network gives another number of features than its card says', async () => {
    const pixels = new Uint8Array(32 * 32 * 3);
    for (const dimension of [64, 256]) {
      await writeCard({ ...card, output: { ...card.output, dimension } });
      const prefix = await openFrozenPrefix(await loadBaseModel(folder), 'features', [dimension], { threads: 1 });
      const extracting = prefix.run([pixels, pixels]);
      await expect(extracting).rejects.toThrow(BaseModelError);
      await expect(extracting).rejects.toThrow(`gives 128 features a picture; its card says ${dimension}`);
      await prefix.close();
    }
  });
});
