import type { GraphBuilder } from '../onnx/graph-builder.ts';

/** An exponential moving average after one more value: average + (1 - decay) (value - average). */
export function appendMovingAverage(builder: GraphBuilder, average: string, value: string, decay: string): string {
  const share = builder.node('Sub', [builder.float(1), decay]);
  const change = builder.node('Mul', [builder.node('Sub', [value, average]), share]);
  return builder.node('Add', [average, change]);
}

/**
 * Decay for `count` steps after `stepsDone`: the given one, less at the start, so that the first values are soon forgotten
 * (tf.train.ExponentialMovingAverage: min(decay, (1 + t) / (10 + t))).
 */
export function averageDecays(decay: number, stepsDone: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, step) => {
    const done = stepsDone + step;
    return Math.min(decay, (1 + done) / (10 + done));
  });
}
