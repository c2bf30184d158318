import { Tensor, type InferenceSession } from '../onnx/onnx-runtime.ts';
import { createSession } from '../onnx/create-session.ts';
import { isMultiLabel, pictureCount, targetsOf, type Labels } from '../labels/labels.ts';
import { adamBeta1, adamBeta2, biasCorrections } from '../optimizer/adam-w.ts';
import { headState, headStepGraph, type HeadStepSettings } from './head-step-graph.ts';
import type { LinearHead } from './linear-head.ts';

/** AdamW on a linear head, many steps at a time. Holds native memory until closed. */
export interface HeadStepper {
  readonly head: LinearHead;
  /**
   * @param batches row indices, one minibatch a step, all of one size. @param learningRates one a step.
   * @returns mean cross entropy of each minibatch, before its step.
   */
  run(batches: readonly Int32Array[], learningRates: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * @param features [rows, dimension], standardised; all pictures in their first view, then all in the next, and so on.
 * @param labels by picture.
 */
export async function openHeadStepper(
  settings: HeadStepSettings,
  features: Float32Array,
  labels: Labels,
  initial: LinearHead,
): Promise<HeadStepper> {
  const session = await createSession(headStepGraph(settings), 'training');
  return new Stepper(session, settings, features, labels, initial);
}

class Stepper implements HeadStepper {
  readonly #session: InferenceSession;
  readonly #rows: { features: Tensor; targets: Tensor; targetOfRow: Tensor };
  #state: Record<string, Tensor>;
  #steps = 0;

  constructor(
    session: InferenceSession,
    settings: HeadStepSettings,
    features: Float32Array,
    labels: Labels,
    initial: LinearHead,
  ) {
    const { classCount, dimension, labelSmoothing } = settings;
    const rows = features.length / dimension;
    const pictures = pictureCount(labels, classCount);
    // Pictures of one class share its target.
    const isMulti = isMultiLabel(labels);
    const targets = targetsOf(
      isMulti ? labels : Int32Array.from({ length: classCount }, (_, index) => index),
      classCount,
      labelSmoothing,
    );
    const targetOfRow = BigInt64Array.from({ length: rows }, (_, row) =>
      BigInt(isMulti ? row % pictures : labels[row % pictures]!),
    );
    this.#session = session;
    this.#rows = {
      features: new Tensor('float32', features, [rows, dimension]),
      targets: new Tensor('float32', targets, [targets.length / classCount, classCount]),
      targetOfRow: new Tensor('int64', targetOfRow, [rows]),
    };
    const weights = (data: Float32Array) => new Tensor('float32', data, [classCount, dimension]);
    const bias = (data: Float32Array) => new Tensor('float32', data, [classCount]);
    this.#state = {
      weights: weights(initial.weights.slice()),
      weightsMean: weights(new Float32Array(classCount * dimension)),
      weightsVariance: weights(new Float32Array(classCount * dimension)),
      bias: bias(initial.bias.slice()),
      biasMean: bias(new Float32Array(classCount)),
      biasVariance: bias(new Float32Array(classCount)),
    };
  }

  get head(): LinearHead {
    return { weights: this.#state['weights']!.data as Float32Array, bias: this.#state['bias']!.data as Float32Array };
  }

  async run(batches: readonly Int32Array[], learningRates: readonly number[]): Promise<Float32Array> {
    const batchSize = batches[0]!.length;
    const rows = BigInt64Array.from(batches.flatMap((batch) => Array.from(batch, BigInt)));
    const outputs = await this.#session.run({
      ...this.#rows,
      ...this.#state,
      batches: new Tensor('int64', rows, [batches.length, batchSize]),
      learningRates: perStep(learningRates),
      corrections1: perStep(biasCorrections(adamBeta1, this.#steps, batches.length)),
      corrections2: perStep(biasCorrections(adamBeta2, this.#steps, batches.length)),
    });
    this.#steps += batches.length;
    this.#state = Object.fromEntries(headState.map((name) => [name, outputs[`next.${name}`] as Tensor]));
    return outputs['losses']!.data as Float32Array;
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function perStep(values: readonly number[] | Float32Array): Tensor {
  return new Tensor('float32', Float32Array.from(values), [values.length]);
}
