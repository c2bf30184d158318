import type { ConvolutionLowering } from '../autodiff/convolution-lowering.ts';
import type { LossName } from '../autodiff/losses.ts';
import { shapeOf } from '../autodiff/network.ts';
import { type Trainable } from '../autodiff/trainable.ts';
import { createSession } from '../onnx/create-session.ts';
import type { Device } from '../onnx/device.ts';
import { Tensor, type InferenceSession } from '../onnx/onnx-runtime.ts';
import { adamBeta1, adamBeta2, biasCorrections } from '../optimizer/adam-w.ts';
import { averageDecays } from '../optimizer/moving-average.ts';
import { exampleShape, type ExampleKind } from './examples.ts';
import { stepGraph, type StepGraphSettings } from './step-graph.ts';
import { stateNames, type StateName } from './update.ts';

export interface StepperSettings {
  readonly trainable: Trainable;
  /** From {@link chooseLowering}, or one of the two. */
  readonly lowering: ConvolutionLowering;
  /** Pictures of a step; fixed, because the graph is written for it. Fill up an incomplete batch with sample weights 0. */
  readonly batchSize: number;
  /** @default 'softmaxCrossEntropy' */
  readonly loss?: LossName;
  /** @default activations */
  readonly examples?: ExampleKind;
  /** Whether each step brings a mask for the features. @default false */
  readonly dropout?: boolean;
  /** @default Infinity */
  readonly largestGradientNorm?: number;
  /** Decoupled; of the parameters that decay. @default 0 */
  readonly weightDecay?: number;
  /** Of the moving average of the parameters, 0..1. @default 0.999 */
  readonly averageDecay?: number;
  /** @default 1 */
  readonly threads?: number;
  /** @default 'CPU' */
  readonly device?: Device;
}

/** All of a training's state between two steps; flat vectors in the order of the trainable's slots. */
export interface TrainingState extends Readonly<Record<StateName, Float32Array>> {
  /** Steps done. */
  readonly steps: number;
}

/** Some steps, one after the other. */
export interface StepBatches {
  /** Values of the cut, float32 [rows, ...shape], or pixels, uint8 [rows, size, size, 3]. Read where it lies, never copied whole. */
  readonly examples: Float32Array | Uint8Array;
  /** [steps, batchSize] rows of `examples`. @default 0, 1, 2, ...: the examples are the batches themselves */
  readonly batches?: Int32Array;
  /** [steps, batchSize, classes]. */
  readonly targets: Float32Array;
  /** [steps, batchSize]; not all 0 in a step. @default 1 */
  readonly sampleWeights?: Float32Array;
  /** [steps, batchSize, dimension], see {@link dropoutMasks}; needed where the stepper was opened with dropout. */
  readonly dropoutMasks?: Float32Array;
  /** [steps]. */
  readonly learningRates: readonly number[];
}

export interface StepResults {
  /** [steps]: of each minibatch, before its step. Not a number once training has diverged. */
  readonly losses: Float32Array;
  /** [steps]: before scaling down. */
  readonly gradientNorms: Float32Array;
}

/** Trains step by step. Same state, batches and threads: same bits, however the steps are divided into runs. Holds native memory until closed. */
export interface Stepper {
  /** The vectors are not written to later: they can be kept. */
  readonly state: TrainingState;
  /** Goes on from there. */
  restore(state: TrainingState): void;
  /**
   * Blocks the thread while it computes and cannot be interrupted: take as many steps as fit into half a second. Each run copies the
   * state out, at about 6 ms per million parameters.
   * @throws when sizes do not fit.
   */
  run(batches: StepBatches): Promise<StepResults>;
  close(): Promise<void>;
}

/** @param parameters to start from, see {@link initialParameters}. */
export async function openStepper(settings: StepperSettings, parameters: Float32Array): Promise<Stepper> {
  const { trainable, lowering, batchSize } = settings;
  const graphSettings: StepGraphSettings = {
    trainable,
    lowering,
    batchSize,
    loss: settings.loss ?? 'softmaxCrossEntropy',
    examples: settings.examples ?? { kind: 'activations' },
    dropout: settings.dropout ?? false,
    largestGradientNorm: settings.largestGradientNorm ?? Infinity,
  };
  const session = await createSession(stepGraph(graphSettings), 'training', settings);
  return new LoopStepper(session, graphSettings, settings, parameters);
}

/** The state before the first step. */
export function initialState(parameters: Float32Array): TrainingState {
  const zeros = () => new Float32Array(parameters.length);
  return { parameters, means: zeros(), variances: zeros(), averages: parameters, steps: 0 };
}

class LoopStepper implements Stepper {
  readonly #session: InferenceSession;
  readonly #graph: StepGraphSettings;
  readonly #averageDecay: number;
  readonly #constants: Readonly<Record<string, Tensor>>;
  #state: TrainingState;

  constructor(
    session: InferenceSession,
    graph: StepGraphSettings,
    settings: StepperSettings,
    parameters: Float32Array,
  ) {
    const { trainable } = graph;
    this.#session = session;
    this.#graph = graph;
    this.#averageDecay = settings.averageDecay ?? 0.999;
    this.#state = initialState(parameters);
    const perParameter = (valueOf: (slot: Trainable['slots'][number]) => number) => {
      const values = new Float32Array(trainable.parameterCount);
      for (const slot of trainable.slots) values.fill(valueOf(slot), slot.offset, slot.offset + slot.size);
      return new Tensor('float32', values, [values.length]);
    };
    this.#constants = {
      weightDecays: perParameter(({ decays }) => (decays ? (settings.weightDecay ?? 0) : 0)),
    };
  }

  get state(): TrainingState {
    return this.#state;
  }

  restore(state: TrainingState): void {
    this.#state = state;
  }

  async run(given: StepBatches): Promise<StepResults> {
    const { trainable, batchSize, examples, dropout } = this.#graph;
    const { classCount, dimension, network, cut } = trainable;
    const steps = given.learningRates.length;
    const done = this.#state.steps;
    const shape = exampleShape(examples, shapeOf(network, cut));
    const rows = given.examples.length / shape.reduce((product, size) => product * size, 1);
    const batches = given.batches ?? Int32Array.from({ length: rows }, (_, row) => row);
    const perStep = (values: Float32Array, ...sizes: number[]) => new Tensor('float32', values, [steps, ...sizes]);
    const state = Object.fromEntries(
      stateNames.map((name) => [name, new Tensor('float32', this.#state[name], [trainable.parameterCount])]),
    );
    const outputs = await this.#session.run({
      ...this.#constants,
      ...state,
      examples: tensorOf(given.examples, [rows, ...shape]),
      batches: new Tensor('int32', batches, [steps, batchSize]),
      targets: perStep(given.targets, batchSize, classCount),
      sampleWeights: perStep(given.sampleWeights ?? new Float32Array(steps * batchSize).fill(1), batchSize),
      ...(dropout ? { dropoutMasks: perStep(required(given.dropoutMasks), batchSize, dimension) } : {}),
      learningRates: perStep(Float32Array.from(given.learningRates)),
      corrections1: perStep(biasCorrections(adamBeta1, done, steps)),
      corrections2: perStep(biasCorrections(adamBeta2, done, steps)),
      averageDecays: perStep(averageDecays(this.#averageDecay, done, steps)),
    });
    const next = Object.fromEntries(stateNames.map((name) => [name, outputs[`next.${name}`]!.data as Float32Array]));
    this.#state = { ...(next as Record<StateName, Float32Array>), steps: done + steps };
    return {
      losses: outputs['losses']!.data as Float32Array,
      gradientNorms: outputs['gradientNorms']!.data as Float32Array,
    };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function required(masks: Float32Array | undefined): Float32Array {
  if (!masks) throw new RangeError('dropoutMasks: needed in every run of a stepper with dropout');
  return masks;
}

function tensorOf(values: Float32Array | Uint8Array, dims: readonly number[]): Tensor {
  return values instanceof Uint8Array ? new Tensor('uint8', values, dims) : new Tensor('float32', values, dims);
}
