import type { GraphBuilder } from '../onnx/graph-builder.ts';

export const adamBeta1 = 0.9;
export const adamBeta2 = 0.999;
const adamEpsilon = 1e-8;

/** Names of tensors: a parameter and the moving means of its gradient and of the gradient's square. */
export interface AdamState {
  readonly parameter: string;
  readonly mean: string;
  readonly variance: string;
}

export interface AdamRates {
  /** One number, or one per value. */
  readonly learningRate: string;
  /** 1 / (1 - beta1^t) and 1 / (1 - beta2^t), see {@link biasCorrections}. */
  readonly correction1: string;
  readonly correction2: string;
  /** Decoupled: each step takes learningRate x weightDecay of the parameter away. One number, one per value, or none. */
  readonly weightDecay?: string;
}

/**
 * One step of AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2).
 * @returns names of the state after the step.
 */
export function appendAdamW(builder: GraphBuilder, state: AdamState, gradient: string, rates: AdamRates): AdamState {
  const mul = (a: string, b: string) => builder.node('Mul', [a, b]);
  const blend = (old: string, fresh: string, beta: number) =>
    builder.node('Add', [mul(old, builder.float(beta)), mul(fresh, builder.float(1 - beta))]);
  const mean = blend(state.mean, gradient, adamBeta1);
  const variance = blend(state.variance, mul(gradient, gradient), adamBeta2);
  const root = builder.node('Sqrt', [mul(variance, rates.correction2)]);
  const direction = builder.node('Div', [
    mul(mean, rates.correction1),
    builder.node('Add', [root, builder.float(adamEpsilon)]),
  ]);
  const decayed = rates.weightDecay
    ? builder.node('Add', [direction, mul(state.parameter, rates.weightDecay)])
    : direction;
  const change = mul(decayed, rates.learningRate);
  return { parameter: builder.node('Sub', [state.parameter, change]), mean, variance };
}

/** 1 / (1 - beta^t) for `count` steps, the first of which is number `stepsDone` + 1: moments that begin at 0 are too small at first. */
export function biasCorrections(beta: number, stepsDone: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, step) => 1 / (1 - beta ** (stepsDone + step + 1)));
}
