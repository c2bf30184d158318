import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { random } from '../random/random.ts';
import { blockSize } from './block-size.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import { shapeOf } from './network.ts';
import { portableConvolution } from './portable-convolution.ts';
import { selfTestNetwork } from './self-test-network.ts';
import { randomParameters, trainable, type Trainable } from './trainable.ts';
import { appendTraining } from './training-graph.ts';

export interface LoweringChoice {
  readonly lowering: ConvolutionLowering;
  /** One sentence for the log: why not the other. */
  readonly reason: string;
}

/** A choice that was made in another process. */
export interface ChosenLowering {
  readonly name: ConvolutionLowering['name'];
  readonly reason: string;
}

/** Largest difference of a gradient between the lowerings, as a share of the largest value of all. */
const tolerance = 1e-5;
/** Of each lowering; the fastest counts. */
const trials = 5;
const batch = 8;

let choice: Promise<LoweringChoice> | undefined;

/**
 * The blocked lowering where {@link tryLowering} finds it right and faster, else the portable one. Takes about a fifth of a second;
 * asked again, the answer of this process stays the same, and with it every bit.
 */
export function chooseLowering(): Promise<LoweringChoice> {
  choice ??= blockSize().then((block) =>
    block === 0 ? portable('this machine has no blocked layout') : tryLowering(blockedConvolution(block)),
  );
  return choice;
}

/** Trains a small network both ways: the candidate where it computes the same and takes less processor time, else the portable one. */
export async function tryLowering(candidate: ConvolutionLowering): Promise<LoweringChoice> {
  const trained = trainable({ network: selfTestNetwork(), cut: 'input', classCount: 4 });
  const expected = await trial(trained, portableConvolution);
  const actual = await trial(trained, candidate).catch((error: unknown) => String(error));
  if (typeof actual === 'string') return portable(`${candidate.name} ones fail (${actual})`);
  const largest = expected.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = expected.gradient.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - actual.gradient[at]!)),
    0,
  );
  // Written so that a difference that is no number fails too.
  if (!(difference <= tolerance * largest))
    return portable(`gradients of ${candidate.name} ones differ by ${(difference / largest).toExponential(1)}`);
  const speedUp = expected.microseconds / actual.microseconds;
  if (speedUp < 1) return portable(`${candidate.name} ones take ${(1 / speedUp).toFixed(2)} times as long`);
  return {
    lowering: candidate,
    reason: `Operators on blocks of ${candidate.block} channels: ${speedUp.toFixed(1)} times as fast as portable ones.`,
  };
}

function portable(reason: string): LoweringChoice {
  return { lowering: portableConvolution, reason: `Portable operators: ${reason}.` };
}

async function trial(trained: Trainable, lowering: ConvolutionLowering) {
  const builder = new GraphBuilder('trial');
  const draw = random(1);
  const inputs = {
    examples: [batch, ...shapeOf(trained.network, trained.cut)],
    targets: [batch, trained.classCount],
    sampleWeights: [batch],
    parameters: [trained.parameterCount],
  };
  for (const [name, shape] of Object.entries(inputs)) builder.input(name, 'float', shape);
  const { gradient } = appendTraining(
    builder,
    trained,
    { lowering, batch, loss: 'softmaxCrossEntropy' },
    {
      examples: 'examples',
      layout: 'nchw',
      targets: 'targets',
      sampleWeights: 'sampleWeights',
      parameters: 'parameters',
    },
  );
  builder.output(gradient, 'float', [trained.parameterCount]);
  const session = await createSession(builder.model(), 'training');
  const parameters = randomParameters(trained, 1).map((value) => value + 0.02 * (draw.uniform() - 0.5));
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const values = name === 'parameters' ? parameters : Float32Array.from({ length: size }, () => draw.uniform());
      return [name, new Tensor('float32', values, shape)];
    }),
  );
  let microseconds = Infinity;
  let values = new Float32Array();
  for (let run = 0; run < trials; run++) {
    const start = process.cpuUsage();
    values = (await session.run(feeds))[gradient]!.data as Float32Array<ArrayBuffer>;
    const { user, system } = process.cpuUsage(start);
    microseconds = Math.min(microseconds, user + system);
  }
  await session.release();
  return { gradient: values, microseconds };
}
