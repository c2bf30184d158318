import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { Activation } from './network.ts';

/** Steep enough to be a step for every normal float, and a power of two so that bounds are met exactly. */
const steep = 2 ** 100;

/** @param output name for the result; generated where left out. */
export function activate(builder: GraphBuilder, activation: Activation, x: string, output?: string): string {
  switch (activation.name) {
    case 'relu':
      return builder.node('Relu', [x], {}, output);
    case 'sigmoid':
      return builder.node('Sigmoid', [x], {}, output);
    case 'hardSwish':
      // The operator of this name is younger than the operator sets that base models may use.
      return builder.node('Mul', [x, hardSigmoid(builder, x, 1 / 6, 0.5)], {}, output);
    case 'clip':
      return builder.node('Clip', [x, builder.float(activation.min), builder.float(activation.max)], {}, output);
    case 'hardSigmoid':
      return hardSigmoid(builder, x, activation.alpha, activation.beta, output);
  }
}

/** Whether the gradient needs the input of the activation; else its output is enough. */
export const needsInput = (activation: Activation): boolean => activation.name === 'hardSwish';

/**
 * dy times the derivative. Steps are made of HardSigmoid, one pass where a comparison and a selection would be two.
 * @param value of the input where {@link needsInput}, else of the output.
 */
export function activationGradient(builder: GraphBuilder, activation: Activation, value: string, dy: string): string {
  const mul = (a: string, b: string) => builder.node('Mul', [a, b]);
  const scaled = (a: string, factor: number) => mul(a, builder.float(factor));
  /** 1 above `bound`, 0 at and below it. */
  const above = (x: string, bound: number) => hardSigmoid(builder, x, steep, -bound * steep);
  /** 1 below `bound`, 0 at and above it. */
  const below = (x: string, bound: number) => hardSigmoid(builder, x, -steep, bound * steep);
  switch (activation.name) {
    case 'relu':
      return mul(above(value, 0), dy);
    case 'clip':
      return mul(mul(above(value, activation.min), below(value, activation.max)), dy);
    case 'hardSigmoid':
      return scaled(mul(mul(above(value, 0), below(value, 1)), dy), activation.alpha);
    case 'sigmoid': {
      const slope = builder.node('Sub', [value, mul(value, value)]);
      return mul(slope, dy);
    }
    case 'hardSwish': {
      // x h(x) with h = max(0, min(1, x/6 + 1/2)): h + x h'.
      const h = hardSigmoid(builder, value, 1 / 6, 0.5);
      const bent = scaled(mul(below(mul(value, value), 9), value), 1 / 6);
      return mul(builder.node('Add', [h, bent]), dy);
    }
  }
}

function hardSigmoid(builder: GraphBuilder, x: string, alpha: number, beta: number, output?: string): string {
  return builder.node('HardSigmoid', [x], { alpha: { float: alpha }, beta: { float: beta } }, output);
}
