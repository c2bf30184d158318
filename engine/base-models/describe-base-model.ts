import type { BaseModel } from '../base-model.ts';
import { cutsOf, readNetwork, type Cut } from '../autodiff/index.ts';

export interface BaseModelDescription {
  /** From where on it can be trained, the earliest first; none: it can only serve frozen. */
  readonly cuts: readonly Cut[];
  /** What a training may change: all of it, its last layers, or nothing but the head on top. */
  readonly trainable: 'WHOLE' | 'SUFFIX' | 'HEAD';
  /** Operators that cannot be differentiated, each once, in the order of computation. */
  readonly frozenOperators: readonly string[];
}

/** How far trainings can go into a base model. @throws {OnnxFormatError} */
export async function describeBaseModel({ model, card }: BaseModel): Promise<BaseModelDescription> {
  const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
  const cuts = cutsOf(network);
  const operators = network.layers.flatMap((layer) => (layer.kind === 'opaque' ? [layer.operator] : []));
  const isWhole = cuts.some(({ value }) => value === network.input);
  return {
    cuts,
    trainable: isWhole ? 'WHOLE' : cuts.length > 0 ? 'SUFFIX' : 'HEAD',
    frozenOperators: [...new Set(operators)],
  };
}
