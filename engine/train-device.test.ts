import { beforeAll, describe, expect, it } from 'vitest';
import { drain } from '#test/picture-source.ts';
import { tinyTraining } from '#test/tiny-training.ts';
import { loweringFor } from './autodiff/lowering-for.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint/checkpoint-format.ts';
import type { TrainingPosition } from './checkpoint/training-checkpoint.ts';
import type { EngineEvent } from './engine-event.ts';
import { DeviceUnavailableError } from './onnx/device-unavailable-error.ts';
import type { Device } from './onnx/device.ts';
import type { StagePlan } from './plan/stage-plan.ts';
import { noWebgpu, skippedReason } from './testing/webgpu.ts';
import { trainClassifier, type TrainOptions } from './train.ts';

const logsOf = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
const lossesOf = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [[event.stage, event.loss] as const] : []));

/** The first position that a training on the CPU saves, with two short epochs of a suffix and two of the whole network left to do. */
let begun: Buffer;
beforeAll(async () => {
  const suspend = new AbortController();
  const save = async (bytes: Buffer) => {
    begun ??= bytes;
    suspend.abort();
  };
  const training = trainClassifier(
    await tinyTraining({ suspendSignal: suspend.signal, checkpoints: { save, load: async () => undefined } }),
  );
  await drain(training).catch((error: unknown) => {
    if (!suspend.signal.aborted) throw error;
  });
  begun = edited(begun, ({ plans: [suffix], ...facts }) => {
    const short: StagePlan = { ...suffix!, epochs: 2, stepsPerEpoch: 3, peakLearningRate: 1e-3 };
    const full: StagePlan = { ...short, name: 'FULL', number: 2, cut: 'input', views: 0 };
    return { ...facts, plans: [short, full] };
  });
});

function edited(bytes: Buffer, change: (facts: TrainingPosition) => object): Buffer {
  const { facts, arrays } = readCheckpoint<TrainingPosition>(bytes)!;
  return writeCheckpoint({ facts: change(facts), arrays });
}

/** Goes on from a checkpoint on a device, to the end or until an epoch of the stage is done. */
async function goOn(from: Buffer, device: Device, until?: 'SUFFIX' | 'FULL') {
  const suspend = new AbortController();
  let kept = from;
  const save = async (bytes: Buffer) => void (kept = bytes);
  const options: TrainOptions = await tinyTraining({
    device,
    lowering: { name: 'portable', reason: 'as on a GPU' },
    suspendSignal: suspend.signal,
    checkpoints: { save, load: async () => from },
  });
  const events: EngineEvent[] = [];
  const training = trainClassifier(options);
  for (;;) {
    const next = await training.next().catch((error: unknown) => {
      if (!suspend.signal.aborted) throw error;
      return undefined;
    });
    if (!next) return { events, kept };
    if (next.done) return { events, kept, result: next.value };
    events.push(next.value);
    if (next.value.type === 'epoch' && next.value.stage === until) suspend.abort();
  }
}

describe('a training', () => {
  it('says where it runs', async () => {
    const { events, result } = await drain(trainClassifier(await tinyTraining({ preference: 'PERFORMANCE_FIRST' })));
    expect(logsOf(events)[0]).toMatch(/ at 32 pixels, on the CPU\.$/);
    expect(result.device).toBe('CPU');
  });

  it.skipIf(process.env['ONNXRUNTIME_NODE_INSTALL'])(
    'is refused by name where its device is missing, and runs on no other',
    async () => {
      const error: unknown = await drain(trainClassifier(await tinyTraining({ device: 'CUDA' }))).catch(
        (each: unknown) => each,
      );
      expect(error).toBeInstanceOf(DeviceUnavailableError);
      expect(error).toMatchObject({
        device: 'CUDA',
        message: expect.stringContaining('Failed to load shared library') as string,
      });
      await expect(goOn(begun, 'CUDA')).rejects.toThrow(DeviceUnavailableError);
    },
  );

  it('goes on from a checkpoint of before devices were told', async () => {
    const old = edited(begun, (facts) => ({ ...facts, device: undefined }));
    const [before, now] = [await goOn(old, 'CPU'), await goOn(begun, 'CPU')];
    expect(before.result!.model).toEqual(now.result!.model);
    expect(logsOf(before.events)).toContainEqual(expect.stringMatching(/^Going on from a checkpoint in epoch \d+\.$/));
  });

  it('goes on from a checkpoint of another device, with operators that this one has', async () => {
    const elsewhere = edited(begun, (facts) => ({ ...facts, device: 'WEBGPU', lowering: 'portable' }));
    const { events, kept, result } = await goOn(elsewhere, 'CPU');
    expect(logsOf(events)).toContainEqual(
      expect.stringMatching(/checkpoint in epoch \d+, which was made on WebGPU\.$/),
    );
    expect(result!.device).toBe('CPU');
    expect(readCheckpoint<TrainingPosition>(kept)!.facts).toMatchObject({ device: 'CPU' });
    const { lowering } = await loweringFor('WEBGPU', { name: 'blocked', reason: 'chosen for the CPU' });
    expect(lowering.name).toBe('portable');
  });
});

describe.skipIf(noWebgpu)(`a training on WebGPU${skippedReason}`, { timeout: 600_000 }, () => {
  it('learns what the CPU learns, step by step, and goes on there', async () => {
    const onCpu = await goOn(begun, 'CPU');
    const onGpu = await goOn(begun, 'WEBGPU', 'FULL');
    expect(logsOf(onGpu.events).join()).toContain('which was made on the CPU');
    const goneOn = await goOn(onGpu.kept, 'CPU');
    const expected = lossesOf(onCpu.events);
    const actual = [...lossesOf(onGpu.events), ...lossesOf(goneOn.events)];
    expect(actual.map(([stage]) => stage)).toEqual(['SUFFIX', 'SUFFIX', 'FULL', 'FULL']);
    actual.forEach(([, loss], at) => expect(Math.abs(loss / expected[at]![1] - 1)).toBeLessThan(1e-3));
    expect(goneOn.result!.evaluation.accuracy).toBe(onCpu.result!.evaluation.accuracy);
    goneOn.result!.predictions.forEach((value, at) =>
      expect(Math.abs(value - onCpu.result!.predictions[at]!)).toBeLessThan(1e-3),
    );
  });

  it('sees the features that the CPU sees, and leaves a file that answers alike', async () => {
    const train = async (device: Device) =>
      (await drain(trainClassifier(await tinyTraining({ device, preference: 'PERFORMANCE_FIRST' })))).result;
    const [cpu, gpu] = [await train('CPU'), await train('WEBGPU')];
    expect(gpu.device).toBe('WEBGPU');
    expect(gpu.parity).toBeLessThan(1e-5);
    expect(gpu.evaluation.accuracy).toBe(cpu.evaluation.accuracy);
    gpu.predictions.forEach((value, at) => expect(Math.abs(value - cpu.predictions[at]!)).toBeLessThan(1e-4));
  });
});
