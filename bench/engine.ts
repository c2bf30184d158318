import { blockedConvolution } from '#engine/autodiff/blocked-convolution.ts';
import { blockSize } from '#engine/autodiff/block-size.ts';
import {
  cutsOf,
  portableConvolution,
  randomParameters,
  readNetwork,
  trainable,
  writeTrainedSuffix,
  type ConvolutionLowering,
  type Trainable,
} from '#engine/autodiff/index.ts';
import { createSession } from '#engine/onnx/create-session.ts';
import { GraphBuilder } from '#engine/onnx/graph-builder.ts';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { Tensor } from '#engine/onnx/onnx-runtime.ts';
import { openStepper } from '#engine/step/index.ts';
import { mobile, plainResidual } from './networks.ts';
import type { Peer } from './peers/peer.ts';
import { openPyTorch } from './peers/pytorch.ts';
import { canTrainInTfjs, openTfjs } from './peers/tfjs.ts';
import { printReport, type Figure } from './report.ts';

/*
 * How near training comes to what the machine can do: processor time of one thread for whole training steps (forward, loss, backward,
 * AdamW) and for the forward pass, against a matrix product of ONNX Runtime measured in between. A training step counts as three
 * forward passes of multiply-adds. One JSON object on stdout, progress on stderr.
 */
const batchSize = 32;
const classCount = 10;
const stepsOfRun = 2;
const repeats = Number(process.argv[2] ?? 12);
const side = 1024;

interface Case {
  readonly name: string;
  readonly model: ModelProto;
  readonly size: number;
  readonly isBlockedStep: boolean;
  readonly target: number;
  /** Floating-point operations of one run. */
  readonly operations: number;
  readonly run: () => Promise<unknown>;
}

interface Comparison {
  readonly compared: Case;
  readonly peer: Peer;
  readonly target: number | null;
}

async function matrixProduct(): Promise<() => Promise<unknown>> {
  const builder = new GraphBuilder('peak');
  for (const name of ['a', 'b']) builder.input(name, 'float', [side, side]);
  builder.node('MatMul', ['a', 'b'], {}, 'c');
  builder.output('c', 'float', [side, side]);
  const session = await createSession(builder.model(), 'training');
  const matrix = () => new Tensor('float32', noise(side * side), [side, side]);
  const feeds = { a: matrix(), b: matrix() };
  return () => session.run(feeds);
}

async function trainingSteps(
  trained: Trainable,
  lowering: ConvolutionLowering,
  size: number,
): Promise<() => Promise<unknown>> {
  const normalisation = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  const stepper = await openStepper(
    {
      trainable: trained,
      lowering,
      batchSize,
      examples: { kind: 'pixels', ...normalisation },
      largestGradientNorm: 1,
      weightDecay: 0.05,
    },
    randomParameters(trained, 1),
  );
  const rows = batchSize * stepsOfRun;
  const examples = Uint8Array.from(noise(rows * size * size * 3), (value) => value * 255);
  const targets = Float32Array.from({ length: rows * classCount }, (_, at) => (at % (classCount + 1) === 0 ? 1 : 0));
  const learningRates = Array.from({ length: stepsOfRun }, () => 1e-4);
  return () => stepper.run({ examples, targets, learningRates });
}

/** As the exported model runs: constant weights, every optimisation of ONNX Runtime. */
async function forwardPass(trained: Trainable, size: number): Promise<() => Promise<unknown>> {
  const builder = new GraphBuilder('forward');
  builder.input('pictures', 'float', ['N', 3, size, size]);
  const names = { input: 'pictures', features: 'features', logits: 'logits', prefix: 'net/' };
  builder.append(writeTrainedSuffix(trained, randomParameters(trained, 1), names));
  builder.output('logits', 'float', ['N', classCount]);
  const session = await createSession(builder.model(), 'frozen');
  const pictures = new Tensor('float32', noise(batchSize * 3 * size * size), [batchSize, 3, size, size]);
  return () => session.run({ pictures });
}

async function casesOf(
  name: string,
  model: ModelProto,
  size: number,
  targets: Readonly<Record<ConvolutionLowering['name'], number>>,
): Promise<Case[]> {
  const network = await readNetwork(model, 'input', 'output');
  const { multiplyAdds, parameters } = cutsOf(network)[0]!;
  process.stderr.write(`${name}: ${(multiplyAdds / 1e6).toFixed(0)} M multiply-adds, ${parameters} parameters\n`);
  const trained = trainable({ network, cut: 'input', classCount });
  const forwardOperations = 2 * multiplyAdds * batchSize;
  const lowerings = [blockedConvolution(await blockSize()), portableConvolution];
  const cases: Case[] = [];
  for (const lowering of lowerings)
    cases.push({
      name: `training step of ${name}, ${lowering.name}`,
      model,
      size,
      isBlockedStep: lowering.name === 'blocked',
      target: targets[lowering.name],
      operations: 3 * stepsOfRun * forwardOperations,
      run: await trainingSteps(trained, lowering, size),
    });
  cases.push({
    name: `forward pass of ${name}`,
    model,
    size,
    isBlockedStep: false,
    target: 0.9,
    operations: forwardOperations,
    run: await forwardPass(trained, size),
  });
  return cases;
}

/** The peers run where there are any: EXEMPLAR_TORCH_PYTHON=/path/to/python EXEMPLAR_TFJS=/folder/of/node_modules npm run bench:engine */
async function openComparisons(cases: readonly Case[]): Promise<Comparison[]> {
  const { EXEMPLAR_TORCH_PYTHON: python, EXEMPLAR_TFJS: tfjs } = process.env;
  const comparisons: Comparison[] = [];
  for (const compared of cases.filter(({ isBlockedStep }) => isBlockedStep)) {
    const { model, size } = compared;
    const sizes = { size, batchSize, classCount };
    if (python) comparisons.push({ compared, peer: await openPyTorch(python, model, sizes), target: 0.8 });
    if (tfjs && canTrainInTfjs(model))
      comparisons.push(
        { compared, peer: await openTfjs(tfjs, 'library', model, sizes), target: 5 },
        { compared, peer: await openTfjs(tfjs, 'rewritten', model, sizes), target: null },
      );
  }
  return comparisons;
}

function noise(length: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => ((at * 2654435761) % 4294967296) / 4294967296);
}

async function cpuSeconds(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const peak = await matrixProduct();
// The portable lowering is the fallback of the blocked one; depthwise convolutions with changing weights have no fast portable form.
const cases = [
  ...(await casesOf('plain residual net at 64', plainResidual(64), 64, { blocked: 0.7, portable: 0.6 })),
  ...(await casesOf('mobile net at 128', mobile(128), 128, { blocked: 0.45, portable: 0.2 })),
];
const comparisons = await openComparisons(cases);
let peakSeconds = Infinity;
const seconds = new Map(cases.map((each) => [each, Infinity]));
const peerSeconds = new Map(comparisons.map(({ peer }) => [peer, Infinity]));
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const each of cases) {
    peakSeconds = Math.min(peakSeconds, await cpuSeconds(peak));
    seconds.set(each, Math.min(seconds.get(each)!, await cpuSeconds(each.run)));
    for (const { compared, peer } of comparisons)
      if (compared === each) peerSeconds.set(peer, Math.min(peerSeconds.get(peer)!, await peer.step()));
  }
  process.stderr.write(`round ${repeat + 1} of ${repeats}\n`);
}
const reference = (2 * side ** 3) / peakSeconds / 1e9;
const figures: Figure[] = cases.map((each) => ({
  name: each.name,
  value: each.operations / seconds.get(each)! / 1e9,
  unit: 'GFLOP/s of one thread',
  reference: `MatMul ${side} x ${side} x ${side}`,
  referenceValue: reference,
  target: each.target,
}));
for (const { compared, peer, target } of comparisons) {
  figures.push({
    name: compared.name,
    value: (stepsOfRun * batchSize) / seconds.get(compared)!,
    unit: 'pictures/s of one thread',
    reference: `${peer.name}, same network, batch and optimiser`,
    referenceValue: batchSize / peerSeconds.get(peer)!,
    target,
  });
  await peer.close();
}
printReport('engine', figures);
