import { portableConvolution } from '../autodiff/portable-convolution.ts';
import { selfTestNetwork } from '../autodiff/self-test-network.ts';
import { randomParameters, trainable, type Trainable } from '../autodiff/trainable.ts';
import { shapeOf, sizeOf } from '../autodiff/network.ts';
import { nameOfDevice, type Device } from '../onnx/device.ts';
import { DeviceUnavailableError } from '../onnx/device-unavailable-error.ts';
import { random } from '../random/random.ts';
import { openStepper } from './open-stepper.ts';
import { openSuffixForward } from './open-suffix-forward.ts';

/** UNAVAILABLE: ONNX Runtime cannot compute there. WRONG: it can, and what comes out is not what the CPU says. */
export type DeviceFault = 'UNAVAILABLE' | 'WRONG';

export interface DeviceTrial {
  /** Undefined: trainings may run there. */
  readonly fault: DeviceFault | undefined;
  /** One sentence for people: what was found. */
  readonly message: string;
}

/**
 * Largest difference of a gradient from that of the CPU, as a share of the largest value of all. Other sums in other orders differ by about
 * 1e-6; factors that are rounded to ten bits (TF32) by some 1e-3.
 */
const tolerance = 1e-4;
const [classCount, batchSize] = [4, 8];

/**
 * Trains a small network with one of each kind of convolution for one step, and judges it, on the CPU and on the device, by the very graphs
 * that trainings use. The driver of a GPU can bring the process down: try it in one of its own.
 */
export async function tryDevice(device: Device): Promise<DeviceTrial> {
  const name = nameOfDevice[device];
  const trained = trainable({ network: selfTestNetwork(), cut: 'input', classCount });
  let actual: StepOutcome;
  try {
    actual = await oneStep(trained, device);
  } catch (error) {
    if (error instanceof DeviceUnavailableError) return { fault: 'UNAVAILABLE', message: error.message };
    return { fault: 'WRONG', message: `A training step on ${name} failed: ${String(error)}` };
  }
  const expected = await oneStep(trained, 'CPU');
  const differences = [
    ['gradients', shareOfLargest(expected.gradient, actual.gradient)],
    ['probabilities', shareOfLargest(expected.probabilities, actual.probabilities)],
  ] as const;
  for (const [what, difference] of differences)
    // Written so that a difference that is no number fails too.
    if (!(difference <= tolerance))
      return {
        fault: 'WRONG',
        message: `On ${name}, ${what} differ from those of the CPU by ${toText(difference)} of the largest.`,
      };
  const largest = Math.max(...differences.map(([, difference]) => difference));
  return { fault: undefined, message: `A training step on ${name} equals that of the CPU but for ${toText(largest)}.` };
}

interface StepOutcome {
  readonly gradient: Float32Array;
  readonly probabilities: Float32Array;
}

async function oneStep(trained: Trainable, device: Device): Promise<StepOutcome> {
  const draw = random(1);
  const rowLength = sizeOf(shapeOf(trained.network, trained.cut));
  const examples = Float32Array.from({ length: batchSize * rowLength }, () => draw.uniform());
  const targets = Float32Array.from({ length: batchSize * classCount }, (_, at) =>
    at % classCount === Math.floor(at / classCount) % classCount ? 1 : 0,
  );
  const parameters = randomParameters(trained, 1).map((value) => value + 0.02 * (draw.uniform() - 0.5));
  const shared = { trainable: trained, lowering: portableConvolution, batchSize, device };
  await using resources = new AsyncDisposableStack();
  const stepper = resources.adopt(await openStepper(shared, parameters), (each) => each.close());
  const forward = resources.adopt(await openSuffixForward({ ...shared, output: 'softmax' }), (each) => each.close());
  await stepper.run({ examples, targets, learningRates: [1e-3] });
  // After one step the first moment is the gradient, but for a factor.
  return { gradient: stepper.state.means, probabilities: await forward.run(stepper.state.parameters, examples) };
}

/** Largest difference over the largest value expected. */
export function shareOfLargest(expected: Float32Array, actual: Float32Array): number {
  let [largest, difference] = [0, 0];
  expected.forEach((value, at) => {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - actual[at]!));
  });
  return difference / largest;
}

const toText = (share: number) => share.toExponential(1);
