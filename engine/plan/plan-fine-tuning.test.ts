import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cutsOf, readNetwork, type Network } from '../autodiff/index.ts';
import { NetworkWriter } from '../autodiff/testing/network-writer.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import type { StepRates } from './measure-step.ts';
import { planFineTuning, type FineTuningQuestion } from './plan-fine-tuning.ts';

let network: Network;
beforeAll(async () => {
  network = await readNetwork(tinyBaseModel().model, 'input', 'features', 32);
});

const fast: StepRates = { secondsPerStep: 0.02, threads: 2 };

/** A plan, and what was measured for it. */
async function ask(changes: Partial<FineTuningQuestion> = {}) {
  const measured: [cut: string, stage: string, batchSize: number][] = [];
  const { measure = async () => fast, ...rest } = changes;
  const plans = await planFineTuning({
    preference: 'ACCURACY_FIRST',
    network,
    trainCount: 500,
    validationCount: 100,
    secondsLeft: () => Infinity,
    secondsPerPicture: 0.01,
    cacheBytes: 1e9,
    measure: (cut, stage, batchSize) => {
      measured.push([cut, stage, batchSize]);
      return measure(cut, stage, batchSize);
    },
    ...rest,
  });
  return { plans, measured };
}

const whatOf = ({ plans }: Awaited<ReturnType<typeof ask>>) => plans.map(({ name, number }) => `${number} ${name}`);

describe('the stages after the head', () => {
  test('are none, the suffix, or the suffix and then the whole, as the preference asks', async () => {
    const fastest = await ask({ preference: 'PERFORMANCE_FIRST' });
    expect(fastest).toEqual({ plans: [], measured: [] });
    expect(whatOf(await ask({ preference: 'BALANCE' }))).toEqual(['1 SUFFIX']);
    const both = await ask();
    expect(whatOf(both)).toEqual(['1 SUFFIX', '2 FULL']);
    const [suffix, whole] = both.plans;
    const cut = cutsOf(network).find(({ value }) => value === suffix!.cut)!;
    const all = cutsOf(network)[0]!;
    expect(cut.multiplyAdds).toBeLessThan(0.6 * all.multiplyAdds);
    expect(suffix!.views).toBeGreaterThan(1);
    expect(whole).toMatchObject({ cut: 'input', views: 0, threads: 2 });
    expect(both.measured).toEqual([
      [cut.value, 'SUFFIX', 32],
      ['input', 'FULL', 32],
    ]);
  });

  test('see every picture in an epoch, also where there are few', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (trainCount) => {
        for (const plan of (await ask({ trainCount, cacheBytes: 1e12 })).plans) {
          expect(plan.batchSize).toBe(Math.min(32, trainCount));
          expect(plan.batchSize * plan.stepsPerEpoch).toBeGreaterThanOrEqual(trainCount);
          expect(plan.stepsPerEpoch).toBeGreaterThanOrEqual(5);
          expect(plan.fewestEpochs).toBeLessThanOrEqual(plan.epochs);
          expect(plan.patience).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('shrink with the time that is left, and fit into it with all that comes before them', async () => {
    const time = fc.double({ min: 0.1, max: 3000, noNaN: true });
    const rate = fc.double({ min: 1e-4, max: 5, noNaN: true });
    await fc.assert(
      fc.asyncProperty(time, rate, rate, async (secondsLeft, secondsPerStep, secondsPerPicture) => {
        const measure = async (_: string, stage: string) => ({
          secondsPerStep: stage === 'FULL' ? 3 * secondsPerStep : secondsPerStep,
          threads: 1,
        });
        const { plans } = await ask({ secondsLeft: () => secondsLeft, measure, secondsPerPicture });
        const seconds = plans.reduce(
          (sum, { name, epochs, stepsPerEpoch, views }) =>
            sum +
            epochs * stepsPerEpoch * secondsPerStep * (name === 'FULL' ? 3 : 1) +
            (name === 'SUFFIX' ? (500 * views + 100) * secondsPerPicture : 0),
          0,
        );
        expect(seconds).toBeLessThanOrEqual(0.8 * secondsLeft + 1e-9);
        for (const { epochs } of plans) expect(epochs).toBeGreaterThanOrEqual(3);
        const { plans: longer } = await ask({ secondsLeft: () => 2 * secondsLeft, measure, secondsPerPicture });
        const views = (of: typeof plans) => of.find(({ name }) => name === 'SUFFIX')?.views ?? 0;
        expect(views(longer)).toBeGreaterThanOrEqual(views(plans));
      }),
      { numRuns: 200 },
    );
  });

  test('have fewer views and fewer epochs the less time there is', async () => {
    const measure = async () => ({ secondsPerStep: 0.1, threads: 1 });
    const suffixes: number[][] = [];
    for (const seconds of [400, 150, 60, 45, 30]) {
      const { plans } = await ask({ preference: 'BALANCE', secondsLeft: () => seconds, measure });
      suffixes.push(plans.flatMap(({ views, epochs }) => [views, epochs]));
    }
    // 16 steps of 0.1 s an epoch, 5 s for each view; a third of four fifths of the time is for views.
    expect(suffixes).toEqual([[8, 60], [7, 52], [3, 20], [2, 15], []]);
  });

  test('have the time that measuring left them', async () => {
    let left = 120;
    const measure = async () => {
      left -= 30;
      return { secondsPerStep: 0.1, threads: 1 };
    };
    const [suffix] = (await ask({ preference: 'BALANCE', secondsLeft: () => left, measure })).plans;
    const seconds = suffix!.epochs * 1.6 + (suffix!.views * 500 + 100) * 0.01;
    expect(seconds).toBeLessThanOrEqual(0.8 * 90);
    expect(seconds).toBeGreaterThan(0.8 * 90 - 1.6);
  });

  test('are bounded where nothing presses', async () => {
    for (const { epochs } of (await ask()).plans) expect(epochs).toBeLessThanOrEqual(80);
    const slow = async () => ({ secondsPerStep: 1, threads: 1 });
    const [suffix, whole] = (await ask({ measure: slow })).plans;
    // 500 pictures are 16 steps an epoch: 170 s for the suffix, 590 s for the whole.
    expect([suffix!.epochs, whole!.epochs]).toEqual([21, 36]);
  });

  test('are none without time, and then nothing is measured', async () => {
    for (const secondsLeft of [0, -5])
      expect(await ask({ secondsLeft: () => secondsLeft })).toEqual({ plans: [], measured: [] });
    const slow = async () => ({ secondsPerStep: 100, threads: 1 });
    expect((await ask({ measure: slow })).plans).toEqual([]);
    // The activations alone would take longer; the whole needs none.
    expect(whatOf(await ask({ secondsPerPicture: 1, secondsLeft: () => 100 }))).toEqual(['1 FULL']);
  });

  test('are none that could not be measured because the training was stopped', async () => {
    expect((await ask({ measure: async () => undefined })).plans).toEqual([]);
    const measure = async (_: string, stage: string) => (stage === 'FULL' ? undefined : fast);
    expect(whatOf(await ask({ measure }))).toEqual(['1 SUFFIX']);
  });

  test('steps more gently where there are few steps', async () => {
    const rates = async (secondsPerStep: number) => {
      const { plans } = await ask({ preference: 'BALANCE', measure: async () => ({ secondsPerStep, threads: 1 }) });
      return plans.map(
        ({ epochs, stepsPerEpoch, peakLearningRate }) => [epochs * stepsPerEpoch, peakLearningRate] as const,
      );
    };
    const [[many, usual]] = (await rates(0.01)) as [readonly [number, number]];
    expect(many).toBeGreaterThan(300);
    expect(usual).toBe(1e-3);
    const [[few, gentle]] = (await rates(2)) as [readonly [number, number]];
    expect(few).toBeLessThan(200);
    expect(gentle).toBeCloseTo((1e-3 * few) / 300, 9);
  });
});

describe('room in the cache', () => {
  test('decides the number of views, then how late the network is cut, then whether there is a suffix at all', async () => {
    const late = cutsOf(network).filter(({ multiplyAdds }) => multiplyAdds < 0.6 * cutsOf(network)[0]!.multiplyAdds);
    const [earliest] = late;
    expect(late.length).toBeGreaterThan(1);
    const views = async (perPicture: number) => {
      const { plans } = await ask({ preference: 'BALANCE', cacheBytes: perPicture * 500 });
      return plans.map(({ name, cut, views: some }) => [name, cut === earliest!.value ? 'earliest' : cut, some]);
    };
    expect(await views(100 * earliest!.bytes)).toEqual([['SUFFIX', 'earliest', 8]]);
    expect(await views(6 * earliest!.bytes)).toEqual([['SUFFIX', 'earliest', 5]]);
    expect(await views(3 * earliest!.bytes)).toEqual([['SUFFIX', 'earliest', 2]]);
    const smallest = late.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    const [[name, cut, some]] = (await views(3 * smallest.bytes)) as [[string, string, number]];
    expect([name, some]).toEqual(['SUFFIX', smallest === earliest ? 2 : some]);
    expect(cut).toBe(smallest === earliest ? 'earliest' : smallest.value);
    expect(await views(0)).toEqual([['FULL', 'input', 0]]);
  });
});

describe('a network of which not all can be differentiated', () => {
  const foreign = (build: (net: NetworkWriter) => string) => {
    const net = new NetworkWriter([3, 8, 8], 4);
    return readNetwork(net.model(build(net), 12), 'input', 'output');
  };

  test('is trained after what is unknown', async () => {
    const partly = await foreign((net) => {
      const bent = net.node('Tanh', [net.conv('input', [3, 16])]);
      return net.pooled(net.node('Relu', [net.conv(bent, [16, 12], { kernel: 1 })]));
    });
    const answer = await ask({ network: partly });
    expect(whatOf(answer)).toEqual(['1 SUFFIX']);
    expect(answer.plans[0]!.cut).toBe(cutsOf(partly)[0]!.value);
  });

  test('keeps its head alone where nothing is left to train', async () => {
    const unknown = await foreign((net) => net.pooled(net.node('Tanh', [net.conv('input', [3, 12])])));
    for (const preference of ['BALANCE', 'ACCURACY_FIRST'] as const)
      expect(await ask({ network: unknown, preference })).toEqual({ plans: [], measured: [] });
  });
});
