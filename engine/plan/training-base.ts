import { readNetwork, shapeOf, type Network } from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import { readTrainedVersion } from '../export/read-trained-version.ts';
import type { ClassifierHead } from '../head/classifier-head.ts';
import { inputSizeFor, withInputSize } from './input-size.ts';
import type { Preference } from './training-plan.ts';

/** What a training builds on. */
export interface TrainingBase {
  /** The network of the earlier version, or the base model at the size that suits the preference. */
  readonly baseModel: BaseModel;
  readonly network: Network;
  /** The head of the earlier version. */
  readonly previous: ClassifierHead | undefined;
}

/** @throws {OnnxFormatError} for an initial version that is no file of ours. */
export async function openTrainingBase(options: {
  readonly baseModel: BaseModel;
  readonly preference: Preference;
  readonly initialVersion?: Uint8Array;
}): Promise<TrainingBase> {
  if (options.initialVersion) {
    const { baseModel, head } = readTrainedVersion(options.initialVersion);
    return { baseModel, network: await networkOf(baseModel), previous: head };
  }
  const sized = withInputSize(options.baseModel, inputSizeFor(options.preference, options.baseModel));
  const baseModel = (await givesItsFeatures(sized)) ? sized : options.baseModel;
  return { baseModel, network: await networkOf(baseModel), previous: undefined };
}

/** Not every network takes pictures of another size: one that flattens its last map has weights for each place. */
async function givesItsFeatures(baseModel: BaseModel): Promise<boolean> {
  try {
    const network = await networkOf(baseModel);
    return shapeOf(network, network.output)[0] === baseModel.card.output.dimension;
  } catch {
    return false;
  }
}

const networkOf = ({ card, model }: BaseModel): Promise<Network> =>
  readNetwork(model, card.input.name, card.output.name, card.input.size);
