import type { ConvolutionLowering } from '../autodiff/convolution-lowering.ts';
import type { LossName } from '../autodiff/losses.ts';
import { shapeOf, sizeOf } from '../autodiff/network.ts';
import { appendForward } from '../autodiff/training-graph.ts';
import type { Trainable } from '../autodiff/trainable.ts';
import { createSession } from '../onnx/create-session.ts';
import type { Device } from '../onnx/device.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { appendExamples, exampleShape, type ExampleKind } from './examples.ts';

export interface SuffixForwardSettings {
  readonly trainable: Trainable;
  readonly lowering: ConvolutionLowering;
  /** Pictures of a run; the last run of a call is filled up. */
  readonly batchSize: number;
  /** @default activations */
  readonly examples?: ExampleKind;
  /** Softmax of the scores, the sigmoid of each, or the scores themselves. */
  readonly output: 'softmax' | 'sigmoid' | 'logits';
  /** @default 1 */
  readonly threads?: number;
  /** @default 'CPU' */
  readonly device?: Device;
}

/** Evaluates any parameters of a trainable. Holds native memory until closed. */
export interface SuffixForward {
  /**
   * Blocks the thread for one run at a time.
   * @param parameters flat. @param examples as for {@link Stepper}. @returns [rows, classes].
   */
  run(parameters: Float32Array, examples: Float32Array | Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What the loss makes of logits when the training is over. */
export const outputOf = (loss: LossName): 'softmax' | 'sigmoid' =>
  loss === 'softmaxCrossEntropy' ? 'softmax' : 'sigmoid';

export async function openSuffixForward(settings: SuffixForwardSettings): Promise<SuffixForward> {
  const { trainable, lowering, batchSize, output, examples = { kind: 'activations' } } = settings;
  const { parameterCount, classCount, network, cut } = trainable;
  const cutShape = shapeOf(network, cut);
  const shape = exampleShape(examples, cutShape);
  const builder = new GraphBuilder('forward');
  builder.input('examples', examples.kind === 'pixels' ? 'uint8' : 'float', ['rows', ...shape]);
  builder.input('rows', 'int64', [batchSize]);
  builder.input('parameters', 'float', [parameterCount]);
  const inputs = { ...appendExamples(builder, examples, cutShape, 'rows'), parameters: 'parameters' };
  const { logits } = appendForward(builder, trainable, { lowering, batch: batchSize }, inputs);
  const scores =
    output === 'softmax'
      ? builder.node('Softmax', [logits], { axis: 1 })
      : builder.node(output === 'sigmoid' ? 'Sigmoid' : 'Identity', [logits]);
  builder.output(scores, 'float', [batchSize, classCount]);
  const session = await createSession(builder.model(), 'training', settings);
  const rowSize = sizeOf(shape);
  return {
    run: async (parameters, given) => {
      const rows = given.length / rowSize;
      const result = new Float32Array(rows * classCount);
      const tensor =
        given instanceof Uint8Array
          ? new Tensor('uint8', given, [rows, ...shape])
          : new Tensor('float32', given, [rows, ...shape]);
      for (let start = 0; start < rows; start += batchSize) {
        const wanted = Math.min(batchSize, rows - start);
        const indices = BigInt64Array.from({ length: batchSize }, (_, at) => BigInt(start + Math.min(at, wanted - 1)));
        const outputs = await session.run({
          examples: tensor,
          rows: new Tensor('int64', indices, [batchSize]),
          parameters: new Tensor('float32', parameters, [parameterCount]),
        });
        const part = outputs[scores]!.data as Float32Array;
        result.set(part.subarray(0, wanted * classCount), start * classCount);
      }
      return result;
    },
    close: () => session.release(),
  };
}
