import { readNetwork, shapeOf, type Network } from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import { readTrainedVersion } from '../export/read-trained-version.ts';
import type { ClassifierHead } from '../head/classifier-head.ts';
import { largerInputSize, withInputSize } from './input-size.ts';
import type { Preference } from './training-plan.ts';

/** What a training builds on. */
export interface TrainingBase {
  /** The network of the earlier version, or the base model at one of the sizes it takes. */
  readonly baseModel: BaseModel;
  readonly network: Network;
  /** The head of the earlier version. */
  readonly previous: ClassifierHead | undefined;
}

/**
 * What a training can build on, at least one: the earlier version, or the base model at its own size and, where accuracy comes first and the
 * network takes it, at a larger one.
 * @throws {OnnxFormatError} for an initial version that is no file of ours.
 */
export async function openTrainingBases(options: {
  readonly baseModel: BaseModel;
  readonly preference: Preference;
  readonly initialVersion?: Uint8Array;
}): Promise<TrainingBase[]> {
  if (options.initialVersion) {
    const { baseModel, head } = readTrainedVersion(options.initialVersion);
    return [{ baseModel, network: await networkOf(baseModel), previous: head }];
  }
  const { baseModel, preference } = options;
  const bases = [{ baseModel, network: await networkOf(baseModel), previous: undefined }];
  if (preference !== 'ACCURACY_FIRST') return bases;
  const larger = withInputSize(baseModel, largerInputSize(baseModel));
  if (await givesItsFeatures(larger))
    bases.push({ baseModel: larger, network: await networkOf(larger), previous: undefined });
  return bases;
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
