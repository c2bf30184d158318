import type { ModelProto } from '../onnx/onnx-messages.ts';
import { shapeOf } from './network.ts';
import { readNetwork } from './read-network.ts';

/** Where a classifier ends to describe pictures and begins to name classes. */
export interface FeatureLayer {
  readonly input: string;
  /**
   * The value before the last linear layer; for a model that ends without one, its output. That is right for embedders. A classifier
   * that ends in a convolution, as SqueezeNet does, looks the same: name the value before that convolution instead.
   */
  readonly output: string;
  readonly dimension: number;
}

/**
 * The features of a classifier. Of several outputs the last is taken for the class scores.
 * @param size as for {@link readNetwork}. @throws {OnnxFormatError}
 */
export async function findFeatureLayer(model: ModelProto, size?: number): Promise<FeatureLayer> {
  const constants = new Set(model.graph.initializer.map(({ name }) => name));
  const input = model.graph.input.find(({ name }) => !constants.has(name))?.name ?? '';
  const network = await readNetwork(model, input, model.graph.output.at(-1)!.name, size);
  const last = network.layers.at(-1);
  const output = last?.kind === 'linear' ? last.inputs[0]! : network.output;
  return { input, output, dimension: shapeOf(network, output)[0]! };
}
