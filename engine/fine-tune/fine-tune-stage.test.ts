import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { drain, noStop } from '#test/picture-source.ts';
import {
  cutsOf,
  initialParameters,
  portableConvolution,
  readNetwork,
  trainable,
  type Trainable,
} from '../autodiff/index.ts';
import { gaussians } from '../autodiff/testing/gradients.ts';
import { packTraining, unpackTraining, type TrainingPosition } from '../checkpoint/training-checkpoint.ts';
import type { EngineEvent } from '../engine-event.ts';
import { isBetter, score } from '../metrics/scored.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import { openSuffixForward } from '../step/index.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead } from '../testing/trained-network.ts';
import { TrainingDivergedError } from './diverged-error.ts';
import type { ExampleFeed } from './example-feed.ts';
import { fineTuneStage, type StageOptions } from './fine-tune-stage.ts';
import { judgeParameters } from './judge-parameters.ts';
import type { StageProgress } from './stage-progress.ts';

const classCount = 3;
const labelsOf = (count: number) => Int32Array.from({ length: count }, (_, index) => index % classCount);
const trainLabels = labelsOf(24);
const validationLabels = labelsOf(40);
let trained: Trainable;
let parameters: Float32Array;
let rowLength: number;

beforeAll(async () => {
  const { card, model } = tinyBaseModel();
  const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
  const cut = cutsOf(network).find(({ parameters: some }) => some < 6000)!;
  trained = trainable({ network, cut: cut.value, classCount });
  parameters = initialParameters(trained, drawnHead(trained.dimension, classCount, 1));
  rowLength = cut.bytes / 4;
});

/** Noise, in which each class has some channels of its own that are larger. */
function row(picture: number, label: number, view: number): Float32Array {
  return gaussians(rowLength, 1 + picture * 100 + view).map(
    (value, at) => value + (Math.floor(at / 64) % 7 === label ? 1 : 0),
  );
}

function noiseFeed(changes: Partial<ExampleFeed> = {}): ExampleFeed {
  return {
    kind: { kind: 'activations' },
    rowLength,
    allocate: (rows) => new Float32Array(rows * rowLength),
    fill: async (pictures, epoch, into) =>
      pictures.forEach((picture, at) => into.set(row(picture, trainLabels[picture]!, epoch % 5), at * rowLength)),
    fillValidation: async (start, into) => {
      for (let at = 0; at * rowLength < into.length; at++)
        into.set(row(1000 + start + at, validationLabels[start + at]!, 0), at * rowLength);
    },
    close: async () => {},
    ...changes,
  };
}

function plan(changes: Partial<StagePlan> = {}): StagePlan {
  return {
    name: 'SUFFIX',
    number: 1,
    cut: trained.cut,
    views: 5,
    batchSize: 8,
    stepsPerEpoch: 4,
    epochs: 5,
    fewestEpochs: 5,
    patience: 5,
    peakLearningRate: 3e-3,
    weightDecay: 0.05,
    threads: 1,
    ...changes,
  };
}

function stage(changes: Partial<StageOptions> = {}, ofPlan: Partial<StagePlan> = {}) {
  return fineTuneStage({
    ...noStop,
    plan: plan(ofPlan),
    trainable: trained,
    lowering: portableConvolution,
    device: 'CPU',
    parameters,
    feed: noiseFeed(),
    trainLabels,
    validationLabels,
    seed: 1,
    epochsBefore: 10,
    epochsInAll: 15,
    toBeat: score(validationLabels, new Float32Array(validationLabels.length * classCount).fill(1 / 3), classCount),
    resume: undefined,
    onProgress: async () => {},
    ...changes,
  });
}

const epochsOf = (events: EngineEvent[]) => events.filter((event) => event.type === 'epoch');
const warningsOf = (events: EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'log' && event.level === 'WARN' ? [event.message] : []));

describe('a stage', () => {
  test('learns, tells its epochs and keeps the parameters of the best', async () => {
    const { events, result } = await drain(stage());
    expect(result).toMatchObject({ epochs: 5, stopReason: undefined });
    const epochs = epochsOf(events);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([11, 12, 13, 14, 15]);
    for (const event of epochs) expect(event).toMatchObject({ stage: 'SUFFIX', epochs: 15 });
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss);
    const best = result.best!;
    expect(best.evaluation.accuracy).toBeGreaterThan(0.9);
    const bestF1 = Math.max(...epochs.map(({ evaluation }) => evaluation.macro.f1));
    expect(epochs[best.epoch - 11]!.evaluation).toEqual(best.evaluation);
    expect(best.evaluation.macro.f1).toBe(bestF1);
    const settings = { trainable: trained, lowering: portableConvolution, batchSize: 32, output: 'softmax' } as const;
    const forward = await openSuffixForward(settings);
    const judging = { ...noStop, forward, feed: noiseFeed(), validationLabels, classCount };
    const again = await judgeParameters(best.parameters, judging);
    await forward.close();
    expect(again!.probabilities).toEqual(best.probabilities);
  });

  test('keeps nothing where nothing is better than what was before', async () => {
    const perfect = new Float32Array(validationLabels.length * classCount);
    validationLabels.forEach((label, index) => (perfect[index * classCount + label] = 1));
    const { result } = await drain(stage({ toBeat: score(validationLabels, perfect, classCount) }));
    expect(result).toMatchObject({ epochs: 5, best: undefined });
  });

  test.each([
    [2, 1, 3],
    [3, 6, 6],
    [4, 5, 5],
    [5, 5, 6],
  ])('with patience %d and at least %d epochs ends a standstill after %d', async (patience, fewestEpochs, epochs) => {
    const allWrong = new Float32Array(validationLabels.length * classCount);
    validationLabels.forEach((label, index) => (allWrong[index * classCount + ((label + 1) % classCount)] = 1));
    const toBeat = score(validationLabels, allWrong, classCount);
    // Nothing changes, so that only the first epoch is better than what was before.
    const { events, result } = await drain(
      stage({ toBeat }, { peakLearningRate: 0, epochs: 20, patience, fewestEpochs }),
    );
    expect(result).toMatchObject({ epochs, stopReason: 'CONVERGED', best: { epoch: 11 } });
    expect(epochsOf(events)).toHaveLength(epochs);
  });
});

describe('a loss that is no number', () => {
  /** The first `times` blocks of the training's given epoch hold no numbers. */
  function spoilt(times: number, inEpoch: number): ExampleFeed {
    const feed = noiseFeed();
    let left = times;
    return noiseFeed({
      fill: async (pictures, epoch, into) => {
        await feed.fill(pictures, epoch, into);
        if (epoch === inEpoch && left-- > 0) into.fill(NaN);
      },
    });
  }

  test('once goes back to the start of the epoch and on with a smaller learning rate', async () => {
    const { events, result } = await drain(stage({ feed: spoilt(1, 0) }));
    expect(warningsOf(events)).toEqual([expect.stringContaining('epoch 11 was no number')]);
    expect(epochsOf(events).map(({ epoch }) => epoch)).toEqual([11, 12, 13, 14, 15]);
    const smaller = await drain(stage({}, { peakLearningRate: 0.3 * 3e-3 }));
    expect(warningsOf(smaller.events)).toEqual([]);
    expect(result.epochs).toBe(5);
    expect(result.best!.epoch).toBe(smaller.result.best!.epoch);
    result.best!.parameters.forEach((value, at) => expect(value).toBeCloseTo(smaller.result.best!.parameters[at]!, 5));
  });

  test('in a later epoch leaves those before it as they were', async () => {
    const { events, result } = await drain(stage({ feed: spoilt(1, 2) }));
    const clean = await drain(stage());
    expect(warningsOf(events)).toEqual([expect.stringContaining('epoch 13 was no number')]);
    expect(epochsOf(events).slice(0, 2)).toEqual(epochsOf(clean.events).slice(0, 2));
    expect(epochsOf(events)[2]!.loss).not.toBe(epochsOf(clean.events)[2]!.loss);
    expect(result.best!.parameters.every(Number.isFinite)).toBe(true);
  });

  test('twice ends the training', async () => {
    const events: EngineEvent[] = [];
    const training = (async () => {
      for await (const event of stage({ feed: spoilt(2, 1) })) events.push(event);
    })();
    await expect(training).rejects.toThrow(TrainingDivergedError);
    await expect(training).rejects.toThrow('epoch 12');
    expect(warningsOf(events)).toHaveLength(1);
  });

  test('comes of a learning rate that is far too large', async () => {
    const events: EngineEvent[] = [];
    const training = (async () => {
      for await (const event of stage({}, { peakLearningRate: 1e30 })) events.push(event);
    })();
    await expect(training).rejects.toThrow(TrainingDivergedError);
    expect(warningsOf(events)).toHaveLength(1);
  });

  test('counts in the judgement of an epoch too', async () => {
    const feed = noiseFeed();
    let judged = 0;
    const fillValidation: ExampleFeed['fillValidation'] = async (start, into) => {
      await feed.fillValidation(start, into);
      if (start === 0 && ++judged === 2) into.fill(NaN);
    };
    const { events, result } = await drain(stage({ feed: noiseFeed({ fillValidation }) }));
    expect(warningsOf(events)).toEqual([expect.stringContaining('epoch 12 was no number')]);
    expect(epochsOf(events).map(({ epoch }) => epoch)).toEqual([11, 12, 13, 14, 15]);
    expect(result.best!.parameters.every(Number.isFinite)).toBe(true);
  });
});

describe('an interrupted stage', () => {
  /** As a file would give it back. */
  function throughCheckpoint(progress: StageProgress): StageProgress {
    const position: TrainingPosition = {
      plans: [plan()],
      lowering: 'portable',
      threads: 1,
      device: 'CPU',
      leader: { stage: 'HEAD', cut: 'features', epoch: 0, parameters, probabilities: new Float32Array(120) },
      stage: 0,
      epochsBefore: 10,
      headEpochs: 10,
      secondsPerPicture: 0.01,
      seconds: { FEATURES: 1, TRAINING: 1 },
      crossValidated: undefined,
      mirrors: true,
      progress,
    };
    const read = unpackTraining(packTraining('x', position), 'x', validationLabels, classCount)!;
    expect(read).toEqual(position);
    return read.progress!;
  }

  /** Runs until the first call of onProgress, and is then dropped as by a crash. */
  async function interrupted(resume: StageProgress | undefined, ofPlan: Partial<StagePlan>, events: EngineEvent[]) {
    const saved: StageProgress[] = [];
    const training = stage({ resume, onProgress: async (progress) => void saved.push(progress) }, ofPlan);
    for (;;) {
      const next = await training.next();
      // Also at its end: what was saved is all that a crash leaves.
      if (saved.length > 0) {
        await training.return(undefined as never);
        return { saved: saved[0]! };
      }
      if (next.done) return { result: next.value };
      events.push(next.value);
    }
  }

  test.each([
    ['all planned epochs', {}],
    ['a standstill', { epochs: 9, peakLearningRate: 0, fewestEpochs: 2, patience: 2 }],
  ])('at every step goes on as if nothing had happened, to the bit: %s', async (_, ofPlan) => {
    const whole = await drain(stage({}, ofPlan));
    const events: EngineEvent[] = [];
    let resume: StageProgress | undefined;
    const stepsSeen: string[] = [];
    for (;;) {
      const { result, saved } = await interrupted(resume, ofPlan, events);
      if (result) {
        expect(result).toEqual(whole.result);
        break;
      }
      resume = throughCheckpoint(saved);
      stepsSeen.push(`${saved.epochs}:${saved.losses.length}`);
    }
    expect(epochsOf(events)).toEqual(epochsOf(whole.events));
    // Inside epochs too, and no step twice.
    expect(stepsSeen).toContain('1:2');
    expect(new Set(stepsSeen).size).toBe(stepsSeen.length);
  });
});

describe('the signals', () => {
  afterEach(() => void vi.useRealTimers());

  test('a wish to stop waits for an epoch that is just being judged, but not for long', async () => {
    const forward = await openSuffixForward({
      trainable: trained,
      lowering: portableConvolution,
      batchSize: 32,
      output: 'softmax',
    });
    const judge = async (millisecondsOfBatch: number) => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const keep = new AbortController();
      let batches = 0;
      const fillValidation = async () => {
        batches += 1;
        keep.abort();
        vi.advanceTimersByTime(millisecondsOfBatch);
      };
      const scored = await judgeParameters(parameters, {
        ...noStop,
        keepSignal: keep.signal,
        forward,
        feed: noiseFeed({ fillValidation }),
        validationLabels: labelsOf(32 * 6),
        classCount,
      });
      return { batches, isWhole: scored !== undefined };
    };
    expect(await judge(100)).toEqual({ batches: 6, isWhole: true });
    // Noticed after the first: two more are in time, a third was begun.
    expect(await judge(400)).toEqual({ batches: 4, isWhole: false });
    await forward.close();
  });

  test('end a stage between two runs with what it has', async () => {
    const keep = new AbortController();
    const training = stage({
      keepSignal: keep.signal,
      onProgress: async ({ epochs, losses }) => {
        if (epochs === 2 && losses.length === 0) keep.abort();
        return undefined;
      },
    });
    const { events, result } = await drain(training);
    expect(result).toMatchObject({ stopReason: 'STOPPED_BY_USER', epochs: 2 });
    expect(epochsOf(events)).toHaveLength(2);
    expect(result.best).toBeDefined();
  });

  test('cancel a stage whose pictures never come', async () => {
    for (const name of ['fill', 'fillValidation'] as const) {
      const cancel = new AbortController();
      const never = () => {
        setImmediate(() => cancel.abort());
        return new Promise<void>(() => {});
      };
      const training = drain(stage({ cancelSignal: cancel.signal, feed: noiseFeed({ [name]: never }) }));
      await expect(training).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  test('end the judgement of an epoch that the deadline would not wait for', async () => {
    const deadline = Date.now() + 300;
    let asked = 0;
    const fillValidation = async () => {
      asked += 1;
      while (Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    };
    const { result } = await drain(stage({ deadline, feed: noiseFeed({ fillValidation }) }));
    expect(result).toEqual({ best: undefined, epochs: 0, stopReason: 'MAX_DURATION' });
    expect(asked).toBeLessThanOrEqual(1);
  });
});

test('what is better is decided by macro F1, then accuracy, then loss', () => {
  const labels = Int32Array.of(0, 1);
  const [sure, unsure] = [
    score(labels, Float32Array.of(0.9, 0.1, 0.1, 0.9), 2),
    score(labels, Float32Array.of(0.6, 0.4, 0.4, 0.6), 2),
  ];
  expect([isBetter(sure, unsure), isBetter(unsure, sure), isBetter(sure, sure)]).toEqual([true, false, false]);
});
