import { Tensor } from '../onnx/onnx-runtime.ts';
import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { LossName } from '../autodiff/losses.ts';
import { outputOf } from '../step/index.ts';
import type { LinearHead } from './linear-head.ts';

/** Applies heads to features. Holds native memory until closed. */
export interface HeadEvaluator {
  /** @param features [rows, dimension]. @returns [rows, classes]; with softmax each row sums to 1. */
  probabilities(features: Float32Array, head: LinearHead): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Multiply-adds of one run: well below half a second on one thread. */
const multiplyAddsOfRun = 2e9;

/** @param loss by which heads are trained: it says what becomes of their logits. @default 'softmaxCrossEntropy' */
export async function openHeadEvaluator(
  dimension: number,
  classCount: number,
  loss: LossName = 'softmaxCrossEntropy',
): Promise<HeadEvaluator> {
  const builder = new GraphBuilder('evaluation');
  const features = builder.input('features', 'float', ['rows', dimension]);
  const weights = builder.input('weights', 'float', [classCount, dimension]);
  const bias = builder.input('bias', 'float', [classCount]);
  const logits = builder.node('Gemm', [features, weights, bias], { transB: 1 });
  if (outputOf(loss) === 'softmax') builder.node('Softmax', [logits], { axis: 1 }, 'probabilities');
  else builder.node('Sigmoid', [logits], {}, 'probabilities');
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
