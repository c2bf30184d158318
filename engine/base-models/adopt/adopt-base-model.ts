import { createHash } from 'node:crypto';
import { BaseModelError, requireUsable, type BaseModel, type BaseModelCard } from '../../base-model.ts';
import { multiplyAddsOf, readNetwork, shapeOf, type Network } from '../../autodiff/index.ts';
import type { ModelProto, NodeProto } from '../../onnx/onnx-messages.ts';
import { OnnxFormatError } from '../../onnx/onnx-format-error.ts';
import { readModel } from '../../onnx/read-model.ts';
import { upgradeOpset } from '../../onnx/upgrade-opset.ts';
import { writeModel } from '../../onnx/write-model.ts';
import { describeBaseModel, type BaseModelDescription } from '../describe-base-model.ts';
import type { AdoptionOptions } from './adoption-options.ts';
import { findFeatureOutput } from './feature-output.ts';
import { withPictureInput } from './picture-input.ts';
import { firstLine } from './first-line.ts';
import { withFirstToken } from './first-token.ts';
import { probe } from './probe.ts';

/** A model of others, as a base model. */
export interface AdoptedBaseModel extends BaseModel, BaseModelDescription {
  /** The file to keep as the card's `file`. */
  readonly bytes: Uint8Array;
  /** Of one picture on one thread, forward. */
  readonly millisecondsPerPicture: number;
  /** What was found, assumed or changed, a sentence each, for the person who brought it. */
  readonly remarks: readonly string[];
}

const imagenetMean = [0.485, 0.456, 0.406] as const;
const imagenetStd = [0.229, 0.224, 0.225] as const;
/** At which operators that are not understood are charged by the time they took. */
const multiplyAddsPerSecond = 20e9;

/**
 * Makes a base model of an ONNX classifier or embedder: finds its picture input and its features, brings old operators into newer forms, and
 * tries it on a few pictures. Runs the file, which may never return: give it a process of its own and a time limit.
 * @throws {OnnxFormatError} for what is no usable ONNX file. @throws {BaseModelError} for a model that is none of pictures, or answers nonsense.
 */
export async function adoptBaseModel(file: Uint8Array, options: AdoptionOptions): Promise<AdoptedBaseModel> {
  try {
    return await adopt(file, options);
  } catch (error) {
    if (error instanceof BaseModelError || error instanceof OnnxFormatError) throw error;
    // Parts of the file are run while it is read, and ONNX Runtime has no types of errors.
    throw new OnnxFormatError(`The model cannot be used: ${firstLine(error)}`, { cause: error });
  }
}

async function adopt(file: Uint8Array, options: AdoptionOptions): Promise<AdoptedBaseModel> {
  const original = readModel(file);
  requireKnownOperators(original);
  const upgraded = upgradeOpset(original);
  const { model: opened, name: input, size, remarks: changes } = withPictureInput(upgraded, options.size);
  const found = options.output
    ? { value: options.output, remark: `"${options.output}" is taken for the features, as you said.` }
    : await findFeatureOutput(opened, input, size);
  const tokens = await withFirstToken(opened, found.value, input, size);
  const network = await readNetwork(tokens?.model ?? opened, input, tokens?.value ?? found.value, size);
  const model = endingIn(tokens?.model ?? opened, network, tokens?.value ?? found.value);
  const output = model.graph.output[0]!.name;
  const bytes = writeModel(model);
  const card: BaseModelCard = {
    name: options.name,
    version: createHash('sha256').update(file).digest('hex').slice(0, 8),
    file: options.file ?? 'model.onnx',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.byteLength,
    parameters: model.graph.initializer.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0),
    multiplyAdds: multiplyAddsOf(network),
    input: {
      name: input,
      size,
      mean: [...(options.mean ?? imagenetMean)],
      std: [...(options.std ?? imagenetStd)],
      channelOrder: 'RGB',
      resize: options.resize ?? 'cover',
    },
    output: { name: output, dimension: shapeOf(network, network.output)[0]! },
    licence: options.licence ?? 'Not stated by whoever brought it.',
    recipe: 'Brought from elsewhere.',
  };
  requireUsable(card, model);
  const { secondsPerPicture, remarks: signs } = await probe({ card, model });
  const description = await describeBaseModel({ card, model });
  const measured = description.frozenOperators.length > 0 ? Math.round(secondsPerPicture * multiplyAddsPerSecond) : 0;
  const assumed =
    options.mean || options.std
      ? []
      : [
          'Pixels are brought to the mean and deviation of ImageNet, as most public models want: say otherwise if yours does not.',
        ];
  return {
    card: { ...card, multiplyAdds: Math.max(card.multiplyAdds, measured) },
    model,
    bytes,
    ...description,
    millisecondsPerPicture: secondsPerPicture * 1000,
    remarks: [...changes, found.remark, ...(tokens ? [tokens.remark] : []), ...assumed, ...signs],
  };
}

/** ONNX Runtime would refuse them too, in words of its own. */
function requireKnownOperators({ graph, opsetImport }: ModelProto): void {
  const known = new Set(['', 'ai.onnx', 'com.microsoft']);
  const foreign = graph.node.find(({ domain }) => !known.has(domain ?? ''));
  if (foreign)
    throw new BaseModelError(
      `The model uses the operator ${foreign.domain}.${foreign.opType}, which nobody here knows.`,
    );
  const version = opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? 0;
  if (version > newestOpset)
    throw new BaseModelError(
      `The model uses operator set ${version}; sets up to ${newestOpset} are known: export it with an older one.`,
    );
}

/** Of ONNX Runtime 1.30. */
const newestOpset = 26;

/** The graph up to its features, as a vector of each picture. */
function endingIn(model: ModelProto, network: Network, value: string): ModelProto {
  const taken = new Set(model.graph.node.flatMap(({ output }) => output));
  const output = taken.has('features') ? 'exemplar/features' : 'features';
  // A closing softmax is no part of the network.
  const from = network.shapes.has(value) ? value : network.output.replace(/\.mean$/, '');
  const extent = shapeOf(network, from).slice(1);
  const node: NodeProto[] = [];
  let last = from;
  if (extent.reduce((product, size) => product * size, 1) > 1) {
    last = `${output}/pooled`;
    node.push({ opType: 'GlobalAveragePool', name: last, input: [from], output: [last], attribute: [] });
  }
  node.push({ opType: 'Flatten', name: output, input: [last], output: [output], attribute: [] });
  return { ...model, graph: { ...model.graph, node: [...model.graph.node, ...node], output: [{ name: output }] } };
}
