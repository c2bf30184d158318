import { createHash } from 'node:crypto';
import type { BaseModel } from '../base-model.ts';
import type { ClassifierHead } from '../head/classifier-head.ts';
import { extractPrefix } from '../onnx/extract-prefix.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { dataType, type GraphProto, type ModelProto } from '../onnx/onnx-messages.ts';
import { readModel } from '../onnx/read-model.ts';
import { renameValues } from '../onnx/rename-values.ts';
import { floatValues } from '../onnx/tensors.ts';
import { readClassifierMetadata, readPreprocessing } from './classifier-metadata.ts';
import { valueNames } from './compose-classifier.ts';

/** An earlier version as what the next training builds on: its network, trained suffix included, in place of the base model, and its head. */
export interface TrainedVersion {
  readonly baseModel: BaseModel;
  readonly head: ClassifierHead;
}

/**
 * Takes an exported file apart again.
 * @throws {OnnxFormatError} when it is no file that a training of ours left.
 */
export function readTrainedVersion(file: Uint8Array): TrainedVersion {
  const model = readModel(file);
  const { classes, inputSize, resize } = readClassifierMetadata(model);
  const { mean, std, multiplyAdds, baseModel } = readPreprocessing(model);
  const network = networkOf(model, inputSize);
  const { weights, bias } = headOf(model);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const dimension = weights.length / bias.length;
  if (bias.length !== classes.length) throw notOurs();
  return {
    baseModel: {
      model: network,
      card: {
        name: baseModel.replace(/ \S+$/, ''),
        version: sha256.slice(0, 8),
        file: 'model.onnx',
        sha256,
        bytes: file.byteLength,
        parameters: network.graph.initializer.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0),
        multiplyAdds,
        input: { name: valueNames.input, size: inputSize, mean, std, channelOrder: 'RGB', resize },
        output: { name: valueNames.features, dimension },
        licence: 'That of the base model and of the pictures.',
        recipe: 'An earlier training.',
      },
    },
    head: { classIds: classes.map(({ id }) => id), weights, bias, baseModelSha256: sha256 },
  };
}

function networkOf(model: ModelProto, size: number): ModelProto {
  const { input, features } = valueNames;
  const graph = extractPrefix(model.graph, input, features, '', { input, output: features });
  const dim = [{ dimParam: 'N' }, { dimValue: 3 }, { dimValue: size }, { dimValue: size }];
  return {
    ...model,
    graph: {
      ...numbered(graph),
      input: [{ name: input, type: { tensorType: { elemType: dataType.float, shape: { dim } } } }],
      output: [{ name: features }],
    },
    metadataProps: [],
  };
}

/**
 * Values are numbered in the order of the graph. Their names say where they came from in the file that is taken apart: kept, they would
 * grow with every version; cut short, values of the frozen and of the trained part could get the same name.
 */
function numbered(graph: GraphProto): GraphProto {
  const names = new Map<string, string>([valueNames.input, valueNames.features].map((name) => [name, name]));
  return renameValues(graph, (name) => {
    if (!names.has(name)) names.set(name, `v${names.size - 1}`);
    return names.get(name)!;
  });
}

function headOf({ graph }: ModelProto): { weights: Float32Array; bias: Float32Array } {
  const gemm = graph.node.find(({ opType, output }) => opType === 'Gemm' && output[0] === valueNames.logits);
  const [weights, bias] = (gemm?.input.slice(1) ?? []).map((name) =>
    graph.initializer.find((tensor) => tensor.name === name),
  );
  if (!weights || !bias) throw notOurs();
  return { weights: floatValues(weights), bias: floatValues(bias) };
}

const notOurs = () => new OnnxFormatError('The model is not an Exemplar classifier: it has no linear head.');
