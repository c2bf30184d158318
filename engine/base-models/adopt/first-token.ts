import { shapesForEmptyPicture } from '../../autodiff/run-part.ts';
import { attributeType, type ModelProto } from '../../onnx/onnx-messages.ts';
import { int64Tensor } from '../../onnx/tensors.ts';

export interface FirstToken {
  readonly model: ModelProto;
  /** The first token, a vector. */
  readonly value: string;
  readonly remark: string;
}

/**
 * Transformers describe a picture by tokens [N, tokens, dimension], the first of which stands for all of it.
 * @returns undefined where the value is something else. @throws what ONNX Runtime says of a model that it cannot run.
 */
export async function withFirstToken(
  model: ModelProto,
  value: string,
  input: string,
  size: number,
): Promise<FirstToken | undefined> {
  if (!model.graph.node.some(({ output }) => output.includes(value))) return undefined;
  const shapes = await shapesForEmptyPicture(model, [value], input, [3, size, size]);
  const shape = shapes.get(value)!;
  if (shape.length !== 2) return undefined;
  const index = `${value}/first`;
  const token = `${value}/first_token`;
  const axis = {
    name: 'axis',
    type: attributeType.int,
    i: 1,
    floats: [],
    ints: [],
    strings: [],
    tensors: [],
    graphs: [],
  };
  const gather = { opType: 'Gather', name: token, input: [value, index], output: [token], attribute: [axis] };
  return {
    model: {
      ...model,
      graph: {
        ...model.graph,
        node: [...model.graph.node, gather],
        initializer: [...model.graph.initializer, int64Tensor(index, [0], [])],
      },
    },
    value: token,
    remark: `Of the ${shape[0]} tokens of "${value}" the first is taken.`,
  };
}
