import { readNetwork, shapeOf } from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import type { Preference } from './training-plan.ts';

/** Of the side a base model was made for; a convolutional network takes any. Larger pictures show smaller things. */
const accuracyScale = 4 / 3;
/** Strides halve the side up to five times; a multiple of 16 keeps most of them even. */
const granularity = 16;

/** The base model at the size of pictures that suits the preference; at its own where its features depend on the size. */
export async function withInputSizeFor(preference: Preference, baseModel: BaseModel): Promise<BaseModel> {
  if (preference !== 'ACCURACY_FIRST') return baseModel;
  const { input, output } = baseModel.card;
  const larger = withInputSize(baseModel, Math.round((input.size * accuracyScale) / granularity) * granularity);
  try {
    const network = await readNetwork(larger.model, input.name, output.name, larger.card.input.size);
    return shapeOf(network, network.output)[0] === output.dimension ? larger : baseModel;
  } catch (error) {
    // Such as a layer that takes a fixed number of places.
    if (error instanceof OnnxFormatError) return baseModel;
    throw error;
  }
}

/** The same weights on larger or smaller pictures. */
function withInputSize(baseModel: BaseModel, size: number): BaseModel {
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
