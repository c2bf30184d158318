import { shapeOf, type ConvolutionLowering, type Trainable } from '../autodiff/index.ts';
import { setImmediate } from 'node:timers/promises';
import type { Device } from '../onnx/device.ts';
import { openStepper, type ExampleKind } from '../step/index.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';

export interface StepRates {
  /** With the number of threads that was fastest. */
  readonly secondsPerStep: number;
  readonly threads: number;
}

/** Enough of them, or of time: a long step says enough by itself. */
const measuredSteps = 3;
const measuredSeconds = 0.5;

/**
 * Runs a few steps on an empty batch, on the CPU with one thread and with all, and says which is faster: on busy machines more threads can be
 * slower (training.md, section 2.5). Takes about a second, or the time of four steps.
 * @returns undefined when it was stopped. @throws AbortError
 */
export async function measureSteps(
  trainable: Trainable,
  settings: {
    readonly lowering: ConvolutionLowering;
    readonly device: Device;
    readonly kind: ExampleKind;
    readonly batchSize: number;
    readonly mostThreads: number;
  } & StopSignals,
): Promise<StepRates | undefined> {
  let best: StepRates | undefined;
  for (const threads of new Set(settings.device === 'CPU' ? [1, settings.mostThreads] : [1])) {
    const secondsPerStep = await timeSteps(trainable, settings, threads);
    if (secondsPerStep === undefined) return undefined;
    if (!best || secondsPerStep < best.secondsPerStep) best = { secondsPerStep, threads };
  }
  return best;
}

async function timeSteps(
  trainable: Trainable,
  settings: { lowering: ConvolutionLowering; device: Device; kind: ExampleKind; batchSize: number } & StopSignals,
  threads: number,
): Promise<number | undefined> {
  const { lowering, device, kind, batchSize } = settings;
  const { network, cut, classCount, parameterCount } = trainable;
  const rowLength = shapeOf(network, cut).reduce((product, size) => product * size, 1);
  const stepper = await openStepper(
    { trainable, lowering, batchSize, examples: kind, threads, device },
    new Float32Array(parameterCount),
  );
  try {
    const rows = batchSize;
    const examples = kind.kind === 'pixels' ? new Uint8Array(rows * rowLength) : new Float32Array(rows * rowLength);
    const targets = new Float32Array(rows * classCount).fill(1 / classCount);
    const run = () => stepper.run({ examples, targets, learningRates: [0] });
    let seconds = 0;
    for (let steps = 0; ; steps++) {
      // Signals come through the event loop, which the run has blocked.
      await setImmediate();
      if (earlyStop(settings)) return undefined;
      const start = performance.now();
      await run();
      // The first one makes everything ready.
      if (steps > 0) seconds += (performance.now() - start) / 1000;
      if (steps === measuredSteps || seconds > measuredSeconds) return seconds / steps;
    }
  } finally {
    await stepper.close();
  }
}
