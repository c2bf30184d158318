import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBaseModel } from '../../base-model.ts';
import { GraphBuilder } from '../../onnx/graph-builder.ts';
import { boolTensor } from '../../onnx/tensors.ts';
import { writeModel } from '../../onnx/write-model.ts';
import { tinyBaseModel } from '../../testing/tiny-base-model.ts';
import { adoptFile, AdoptionRefusedError } from './adopt-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-adopt-'));
  await writeFile(join(folder, 'theirs.onnx'), tinyBaseModel().bytes);
  await writeFile(join(folder, 'endless.onnx'), endless());
  await writeFile(join(folder, 'text.onnx'), 'no model at all');
});
afterAll(() => rm(folder, { recursive: true }));

/** Never returns once it runs. */
function endless(): Uint8Array {
  const body = new GraphBuilder('body');
  body.input('iteration', 'int64', []);
  body.input('condition', 'bool', []);
  body.input('value', 'float', ['N', 3, 8, 8]);
  body.node('Identity', ['condition'], {}, 'again');
  body.node('Identity', ['value'], {}, 'next');
  body.output('again', 'bool', []);
  body.output('next', 'float', ['N', 3, 8, 8]);
  const builder = new GraphBuilder('endless');
  builder.input('input', 'float', ['N', 3, 8, 8]);
  const forever = builder.initializer(boolTensor('forever', true));
  builder.nodes('Loop', ['', forever, 'input'], ['looped'], { body: body.graph() });
  builder.node('Flatten', [builder.node('GlobalAveragePool', ['looped'])], { axis: 1 }, 'features');
  builder.output('features', 'float', ['N', 3]);
  return writeModel(builder.model());
}

describe('adoptFile', () => {
  it('makes a folder that workers can use', async () => {
    const to = join(folder, 'made');
    const adopted = await adoptFile(join(folder, 'theirs.onnx'), to, {
      name: 'theirs',
      mean: [0.5, 0.5, 0.5],
      std: [0.25, 0.25, 0.25],
    });
    expect(adopted).toMatchObject({
      name: 'theirs',
      inputSize: 32,
      dimension: 128,
      trainable: 'WHOLE',
      frozenOperators: [],
    });
    expect((await readdir(to)).sort()).toEqual(['adoption.json', 'base-model.json', 'model.onnx']);
    const { card } = await loadBaseModel(to);
    expect(card).toMatchObject({ name: 'theirs', input: { mean: [0.5, 0.5, 0.5] }, output: { dimension: 128 } });
    expect(JSON.parse(await readFile(join(to, 'adoption.json'), 'utf8'))).toMatchObject({ remarks: adopted.remarks });
  });

  it.each([
    ['what is no model', 'text.onnx', 'not an ONNX model'],
    ['what is not there', 'missing.onnx', 'ENOENT'],
  ])('refuses %s', async (_, file, message) => {
    const error = await adoptFile(join(folder, file), join(folder, 'never'), { name: 'x' }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AdoptionRefusedError);
    expect((error as Error).message).toContain(message);
    await expect(readdir(join(folder, 'never'))).rejects.toThrow('ENOENT');
  });

  it('gives up on a model that never answers', async () => {
    const error = adoptFile(
      join(folder, 'endless.onnx'),
      join(folder, 'never'),
      { name: 'x' },
      { patienceMilliseconds: 4000 },
    );
    await expect(error).rejects.toThrow('did not answer in time');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const adopting = adoptFile(
      join(folder, 'endless.onnx'),
      join(folder, 'never'),
      { name: 'x' },
      { signal: stop.signal },
    );
    setTimeout(() => stop.abort(new Error('enough')), 500);
    await expect(adopting).rejects.toThrow('enough');
  });
});
