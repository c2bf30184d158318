import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drain, drawnSource, noStop, sceneSource, sourceOf } from '#test/picture-source.ts';
import { NetworkWriter } from '../autodiff/testing/network-writer.ts';
import type { BaseModel } from '../base-model.ts';
import { openCacheFolder, type CacheFolder } from '../cache/index.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { writeModel } from '../onnx/write-model.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { baseModelCard, tinyBaseModel } from '../testing/tiny-base-model.ts';
import { chooseBase, type BaseQuestion } from './choose-base.ts';
import { openTrainingBases, type TrainingBase } from './training-base.ts';

/** Its features are nearly the same for all pictures. */
function blind(): BaseModel {
  const net = new NetworkWriter([3, 48, 48], 3);
  const map = net.node('Mul', [net.conv('input', [3, 8], { stride: 4 }), net.builder.float(0)]);
  const model = net.model(net.pooled(map), 8);
  const sizes = { size: 48, dimension: 8, parameters: 1, multiplyAdds: 1 };
  return { model, card: baseModelCard('blind', writeModel(model), { output: 'output', ...sizes }) };
}

describe('chooseBase', () => {
  let directory: string;
  let folder: CacheFolder;
  let train: PictureSource;
  let seeing: TrainingBase;
  let unseeing: TrainingBase;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exemplar-choose-'));
    folder = openCacheFolder(directory, { budgetBytes: 1e8 });
    train = await drawnSource(3, 8);
    [seeing] = (await openTrainingBases({ baseModel: tinyBaseModel(), preference: 'BALANCE' })) as [TrainingBase];
    [unseeing] = (await openTrainingBases({ baseModel: blind(), preference: 'BALANCE' })) as [TrainingBase];
  });
  afterAll(async () => {
    await folder.close();
    await rm(directory, { recursive: true });
  });
  const choose = (bases: readonly TrainingBase[], changes: Partial<BaseQuestion> = {}) =>
    drain(
      chooseBase(bases, {
        ...noStop,
        train,
        pictures: openPictureCache(folder),
        classCount: 3,
        seed: 1,
        threads: 1,
        device: 'CPU',
        ...changes,
      }),
    );

  it('takes the one by which pictures are recognised, wherever it stands, and says so', async () => {
    for (const bases of [
      [seeing, unseeing],
      [unseeing, seeing],
    ]) {
      const { events, result } = await choose(bases);
      expect(result).toBe(seeing);
      expect(events).toMatchObject([{ type: 'log', message: expect.stringContaining('Pictures of 32 pixels a side') }]);
    }
    const scenes = await sceneSource(24);
    expect((await choose([unseeing, seeing], { train: scenes })).result).toBe(seeing);
  });

  it('takes the first of equal ones, and asks nothing where there is no choice', async () => {
    const same = { ...seeing };
    expect((await choose([seeing, same])).result).toBe(seeing);
    expect((await choose([same, seeing])).result).toBe(same);
    expect(await choose([unseeing])).toEqual({ events: [], result: unseeing });
  });

  it('takes the first where it is stopped, where a picture is broken and where no class has two', async () => {
    const stopped = { keepSignal: AbortSignal.abort() };
    expect(await choose([unseeing, seeing], stopped)).toEqual({ events: [], result: unseeing });
    expect((await choose([unseeing, seeing], { deadline: Date.now() - 1 })).result).toBe(unseeing);
    const pictures = await Promise.all([0, 8, 16].map((index) => train.load(index)));
    const broken = sourceOf([...pictures, new Error('gone')], [0, 1, 2, 0]);
    expect((await choose([unseeing, seeing], { train: broken })).result).toBe(unseeing);
    expect((await choose([unseeing, seeing], { train: sourceOf(pictures, [0, 1, 2]) })).result).toBe(unseeing);
    await expect(choose([unseeing, seeing], { cancelSignal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
