import type { BaseModel } from '../base-model.ts';
import { extractPrefix } from '../onnx/extract-prefix.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { dataType, type ModelProto } from '../onnx/onnx-messages.ts';
import { floatTensor } from '../onnx/tensors.ts';

/** `pixels` uint8 [N, size, size, 3] to `features` float32 [N, dimension]: what trainings extract. */
export function composeFeatureExtractor(baseModel: BaseModel): ModelProto {
  const builder = new GraphBuilder('features');
  appendBase(builder, baseModel, 'features');
  builder.output('features', 'float', ['N', baseModel.card.output.dimension]);
  return finish(builder, baseModel);
}

/**
 * `pixels` uint8 [N, size, size, 3] to `probabilities` float32 [N, classes].
 * @param weights [classes, dimension], on raw features. @param bias [classes].
 */
export function composeClassifier(baseModel: BaseModel, weights: Float32Array, bias: Float32Array): ModelProto {
  const builder = new GraphBuilder('classifier');
  const { dimension } = baseModel.card.output;
  appendBase(builder, baseModel, 'features');
  const w = builder.initializer(floatTensor('head/weights', weights, [bias.length, dimension]));
  const b = builder.initializer(floatTensor('head/bias', bias, [bias.length]));
  const logits = builder.node('Gemm', ['features', w, b], { transB: 1 }, 'logits');
  builder.node('Softmax', [logits], { axis: 1 }, 'probabilities');
  builder.output('probabilities', 'float', ['N', bias.length]);
  return finish(builder, baseModel);
}

/** Preprocessing in the graph, so that whoever runs the file only resizes. */
function appendBase(builder: GraphBuilder, { card, model }: BaseModel, output: string): void {
  const { size } = card.input;
  const pixels = builder.input('pixels', 'uint8', ['N', size, size, 3]);
  const floats = builder.node('Cast', [pixels], { to: dataType.float });
  // (x/255 - mean)/std = (x - 255 mean) / (255 std)
  const centred = builder.node('Sub', [
    floats,
    perChannel(
      builder,
      'mean',
      card.input.mean.map((mean) => mean * 255),
    ),
  ]);
  const scaled = builder.node('Mul', [
    centred,
    perChannel(
      builder,
      'scale',
      card.input.std.map((std) => 1 / (std * 255)),
    ),
  ]);
  builder.node('Transpose', [scaled], { perm: [0, 3, 1, 2] }, 'input');
  builder.append(extractPrefix(model.graph, card.input.name, card.output.name, 'base/', { input: 'input', output }));
}

function perChannel(builder: GraphBuilder, name: string, values: readonly number[]): string {
  return builder.initializer(floatTensor(`preprocessing/${name}`, values, [1, 1, 1, 3]));
}

function finish(builder: GraphBuilder, { model }: BaseModel): ModelProto {
  return { ...builder.model(), irVersion: model.irVersion, opsetImport: model.opsetImport };
}
