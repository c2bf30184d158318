import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listModels } from './list-models.ts';
import { modelFiles } from './model-files.ts';
import { NotPlacedHereError } from './models-error.ts';
import { pullModel } from './pull-model.ts';
import { removeModel } from './remove-model.ts';
import { entryOf } from './testing/model-server.ts';
import { verifyModel } from './verify-model.ts';

const content = Buffer.from('the bytes of a model');
const entry = entryOf(content);

describe('models that are here', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exemplar-models-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const files = () => modelFiles(directory, 'tiny');
  const put = async (path: string, bytes: Buffer | string) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  };
  const install = async () => {
    await put(files().model, content);
    await pullModel({ entry, directory, mirror: undefined, signal: new AbortController().signal });
  };
  const listed = async () => (await listModels(directory, [entry]))[0]!;

  describe('listModels', () => {
    it('tells that nothing is here, even where the folder is missing', async () => {
      expect(await listed()).toMatchObject({ entry, state: 'ABSENT', bytesHere: 0, checkedAt: null });
      expect((await listModels(join(directory, 'none'), [entry]))[0]!.state).toBe('ABSENT');
    });

    it('tells how much of a download is here, also of one under way', async () => {
      await put(join(files().part, 'model.onnx'), 'abc');
      expect(await listed()).toMatchObject({ state: 'PARTIAL', bytesHere: 3 });
      await put(join(`${files().part}-host-1-ab`, 'model.onnx'), 'abcd');
      expect(await listed()).toMatchObject({ state: 'PARTIAL', bytesHere: 4 });
    });

    it('tells when the bytes were found right', async () => {
      await install();
      expect(await listed()).toMatchObject({ state: 'CHECKED', bytesHere: content.length, file: files().model });
      expect((await listed()).checkedAt).toMatch(/^\d{4}-/);
    });

    it('does not vouch for bytes that were touched, copied there, or belong to another version', async () => {
      await put(files().model, content);
      expect((await listed()).state).toBe('UNCHECKED');
      await install();
      const other = { ...entry, sha256: 'b'.repeat(64) };
      expect((await listModels(directory, [other]))[0]!.state).toBe('UNCHECKED');
      await utimes(files().model, 1, 1);
      expect((await listed()).state).toBe('UNCHECKED');
    });

    it('sees that a file has another size', async () => {
      await install();
      await writeFile(files().model, 'short');
      expect(await listed()).toMatchObject({ state: 'DAMAGED', bytesHere: 5 });
    });
  });

  describe('verifyModel', () => {
    it('finds right what is right, and notes it', async () => {
      await install();
      await utimes(files().model, 1, 1);
      expect(await verifyModel(directory, entry)).toMatchObject({ name: 'tiny', state: 'RIGHT', file: files().model });
      expect((await listed()).state).toBe('CHECKED');
    });

    it('makes no note of what somebody copied there', async () => {
      await put(files().model, content);
      expect((await verifyModel(directory, entry)).state).toBe('RIGHT');
      expect(await readdir(files().folder)).toEqual(['model.onnx']);
    });

    it('names what is wrong', async () => {
      expect(await verifyModel(directory, entry)).toMatchObject({
        state: 'ABSENT',
        message: expect.stringContaining(files().model),
      });
      await put(files().model, 'THE BYTES OF A MODEL');
      const wrong = await verifyModel(directory, entry);
      expect(wrong).toMatchObject({ state: 'WRONG_CHECKSUM', message: expect.stringContaining(entry.sha256) });
      await put(files().model, 'short');
      expect(await verifyModel(directory, entry)).toMatchObject({
        state: 'WRONG_SIZE',
        message: expect.stringMatching(/has 5 bytes.*20/),
      });
    });
  });

  describe('removeModel', () => {
    it('removes what was placed and what was begun', async () => {
      await install();
      await put(join(files().part, 'model.onnx'), 'abc');
      expect(await removeModel(directory, 'tiny')).toEqual({ name: 'tiny', outcome: 'REMOVED' });
      expect(await readdir(directory)).toEqual([]);
      expect(await removeModel(directory, 'tiny')).toEqual({ name: 'tiny', outcome: 'ABSENT' });
    });

    it('leaves other files, other models and downloads under way', async () => {
      await install();
      const under = `${files().part}-elsewhere-1-ab`;
      await put(join(under, 'model.onnx'), 'abc');
      await put(join(files().folder, 'notes.txt'), 'mine');
      await put(join(directory, 'tiny-2', 'model.onnx'), 'other');
      await removeModel(directory, 'tiny');
      expect(await readdir(files().folder)).toEqual(['notes.txt']);
      expect(await readdir(under)).toEqual(['model.onnx']);
      expect(await readdir(join(directory, 'tiny-2'))).toEqual(['model.onnx']);
    });

    it('leaves a model that somebody else put there', async () => {
      await put(files().model, content);
      await expect(removeModel(directory, 'tiny')).rejects.toThrow(NotPlacedHereError);
      await put(files().source, '{"entry": "of another program"}');
      await expect(removeModel(directory, 'tiny')).rejects.toThrow(NotPlacedHereError);
      expect((await readFile(files().model)).equals(content)).toBe(true);
    });
  });
});
