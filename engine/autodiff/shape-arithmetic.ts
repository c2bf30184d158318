import type { NodeProto } from '../onnx/onnx-messages.ts';
import { batchSize, type NetworkReader } from './network-reader.ts';

/**
 * The integers that a node makes of the shape of a value, as exporters write `x.view(x.size(0), -1)`; the number of pictures is
 * {@link batchSize}. @returns undefined where the node does something else.
 */
export function shapeArithmetic(reader: NetworkReader, node: NodeProto): readonly number[] | undefined {
  const inputs = node.input.map((name) => reader.constant(name)?.integers);
  const [first, second] = inputs;
  switch (node.opType) {
    case 'Shape':
      return [batchSize, ...reader.shape(node.input[0]!)];
    case 'Gather':
      return first && second?.map((at) => first.at(at)!);
    case 'Cast':
    case 'Unsqueeze':
    case 'Squeeze':
      return first;
    case 'Concat':
      return inputs.every((integers) => integers !== undefined) ? inputs.flat() : undefined;
    default:
      return undefined;
  }
}
