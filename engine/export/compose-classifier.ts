import { writeTrainedSuffix, type Trainable } from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import { appendUnfamiliarity } from '../familiarity/append-unfamiliarity.ts';
import type { Familiarity } from '../familiarity/fit-familiarity.ts';
import { extractPrefix } from '../onnx/extract-prefix.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { dataType, type ModelProto } from '../onnx/onnx-messages.ts';
import { floatTensor } from '../onnx/tensors.ts';

/**
 * `pixels` uint8 [N, size, size, 3] to `frozen` float32 [N, ...shape]: the base model up to one of its values, such as its features.
 * @throws {OnnxFormatError} when the value does not exist.
 */
export function composeFrozenPrefix(baseModel: BaseModel, value: string, shape: readonly number[]): ModelProto {
  const builder = new GraphBuilder('prefix');
  appendBase(builder, baseModel, value, 'frozen');
  builder.output('frozen', 'float', ['N', ...shape]);
  return finish(builder, baseModel);
}

/** Values of an exported graph by which it can be taken apart again. */
export const valueNames = {
  input: 'input',
  features: 'features',
  logits: 'logits',
  probabilities: 'probabilities',
  unfamiliarity: 'unfamiliarity',
} as const;

/** What a training has made of a base model. */
export interface TrainedNetwork {
  readonly trainable: Trainable;
  /** Flat, of the trainable. */
  readonly parameters: Float32Array;
  /** Logits are divided by it before they become probabilities: one number for all, or one for each class. */
  readonly temperature: number | Float32Array;
  /** [classes], see `bestF1Thresholds`; undefined for one class a picture, whose probabilities sum to 1. */
  readonly thresholds?: Float32Array | undefined;
  /** By which pictures unlike all that were trained on are told; undefined: not at all. */
  readonly familiarity?: Familiarity | undefined;
}

/**
 * `pixels` uint8 [N, size, size, 3] to `probabilities` float32 [N, classes] and, where known, `unfamiliarity` float32 [N]: frozen prefix,
 * trained suffix and head in ordinary operators.
 */
export function composeClassifier(baseModel: BaseModel, trained: TrainedNetwork): ModelProto {
  const { trainable, parameters, temperature } = trained;
  const { cut, network, classCount } = trainable;
  const { input, features, logits, probabilities, unfamiliarity } = valueNames;
  const builder = new GraphBuilder('classifier');
  const frozen = cut === network.input ? input : cut === network.output ? features : 'frozen';
  if (frozen === input) appendPreprocessing(builder, baseModel, input);
  else appendBase(builder, baseModel, cut, frozen);
  builder.append(writeTrainedSuffix(trainable, parameters, { input: frozen, features, logits, prefix: 'trained/' }));
  const divisor = builder.initializer(
    typeof temperature === 'number'
      ? floatTensor('temperature', [temperature], [])
      : floatTensor('temperature', temperature, [classCount]),
  );
  const scaled = builder.node('Div', [logits, divisor]);
  if (trained.thresholds) builder.node('Sigmoid', [scaled], {}, probabilities);
  else builder.node('Softmax', [scaled], { axis: 1 }, probabilities);
  builder.output(probabilities, 'float', ['N', classCount]);
  if (trained.familiarity) {
    appendUnfamiliarity(builder, features, trained.familiarity, unfamiliarity);
    builder.output(unfamiliarity, 'float', ['N']);
  }
  return finish(builder, baseModel);
}

/** The same to `features` float32 [N, dimension], what the head sees. */
export function composeFeatures(baseModel: BaseModel, trained: TrainedNetwork): ModelProto {
  const model = composeClassifier(baseModel, trained);
  // What leads to no output is not computed.
  return { ...model, graph: { ...model.graph, output: [{ name: valueNames.features }] } };
}

function appendBase(builder: GraphBuilder, baseModel: BaseModel, value: string, output: string): void {
  const { card, model } = baseModel;
  appendPreprocessing(builder, baseModel, 'input');
  builder.append(extractPrefix(model.graph, card.input.name, value, 'base/', { input: 'input', output }));
}

/** Preprocessing in the graph, so that whoever runs the file only resizes. */
function appendPreprocessing(builder: GraphBuilder, { card }: BaseModel, output: string): void {
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
  builder.node('Transpose', [scaled], { perm: [0, 3, 1, 2] }, output);
}

function perChannel(builder: GraphBuilder, name: string, values: readonly number[]): string {
  return builder.initializer(floatTensor(`preprocessing/${name}`, values, [1, 1, 1, 3]));
}

function finish(builder: GraphBuilder, { model }: BaseModel): ModelProto {
  return { ...builder.model(), irVersion: model.irVersion, opsetImport: model.opsetImport };
}
