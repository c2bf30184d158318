import type { BaseModel } from '../base-model.ts';

/** Of the side a base model was made for; a convolutional network takes any. Larger pictures show smaller things. */
const accuracyScale = 4 / 3;
/** Strides halve the side up to five times; a multiple of 16 keeps most of them even. */
const granularity = 16;

/** Pixels of a side at which a base model may do better. */
export function largerInputSize({ card }: BaseModel): number {
  return Math.round((card.input.size * accuracyScale) / granularity) * granularity;
}

/** The same weights on larger or smaller pictures. */
export function withInputSize(baseModel: BaseModel, size: number): BaseModel {
  const { card, model } = baseModel;
  if (size === card.input.size) return baseModel;
  const dim = [{ dimParam: 'N' }, { dimValue: 3 }, { dimValue: size }, { dimValue: size }];
  const input = model.graph.input.map((value) =>
    value.name === card.input.name
      ? { ...value, type: { tensorType: { elemType: value.type!.tensorType!.elemType, shape: { dim } } } }
      : value,
  );
  return {
    card: {
      ...card,
      input: { ...card.input, size },
      multiplyAdds: Math.round(card.multiplyAdds * (size / card.input.size) ** 2),
    },
    model: { ...model, graph: { ...model.graph, input, valueInfo: [] } },
  };
}
