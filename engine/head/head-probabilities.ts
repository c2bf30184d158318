import { Tensor } from '../onnx/onnx-runtime.ts';
import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { LinearHead } from './linear-head.ts';

/** Applies heads to features. Holds native memory until closed. */
export interface HeadEvaluator {
  /** @param features [rows, dimension]. @returns [rows, classes], each row sums to 1. */
  probabilities(features: Float32Array, head: LinearHead): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Multiply-adds of one run: well below half a second on one thread. */
const multiplyAddsOfRun = 2e9;

export async function openHeadEvaluator(dimension: number, classCount: number): Promise<HeadEvaluator> {
  const builder = new GraphBuilder('evaluation');
  const features = builder.input('features', 'float', ['rows', dimension]);
  const weights = builder.input('weights', 'float', [classCount, dimension]);
  const bias = builder.input('bias', 'float', [classCount]);
  builder.node(
    'Softmax',
    [builder.node('Gemm', [features, weights, bias], { transB: 1 })],
    { axis: 1 },
    'probabilities',
  );
  builder.output('probabilities', 'float', ['rows', classCount]);
  const session = await createSession(builder.model(), 'training');
  const rowsOfRun = Math.max(1, Math.floor(multiplyAddsOfRun / (dimension * classCount)));
  return {
    probabilities: async (all, head) => {
      const rows = all.length / dimension;
      const result = new Float32Array(rows * classCount);
      const parameters = {
        weights: new Tensor('float32', head.weights, [classCount, dimension]),
        bias: new Tensor('float32', head.bias, [classCount]),
      };
      for (let start = 0; start < rows; start += rowsOfRun) {
        const part = all.subarray(start * dimension, (start + rowsOfRun) * dimension);
        const outputs = await session.run({
          features: new Tensor('float32', part, [part.length / dimension, dimension]),
          ...parameters,
        });
        result.set(outputs['probabilities']!.data as Float32Array, start * classCount);
      }
      return result;
    },
    close: () => session.release(),
  };
}
