import { initialParameters, readNetwork, trainable } from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import type { TrainedNetwork } from '../export/compose-classifier.ts';
import type { LinearHead } from '../head/linear-head.ts';
import { random } from '../random/random.ts';

/**
 * What a training from a cut on might have left: the given head, and the layers between with weights a little beside the base model's.
 * @param options.cut `output` trains the head alone. @default output
 */
export async function trainedNetwork(
  { card, model }: BaseModel,
  head: LinearHead,
  options: { readonly cut?: string; readonly temperature?: number; readonly seed?: number } = {},
): Promise<TrainedNetwork & { readonly temperature: number }> {
  const { cut = card.output.name, temperature = 1, seed = 1 } = options;
  const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
  const trained = trainable({ network, cut, classCount: head.bias.length });
  const draw = random(seed);
  const parameters = initialParameters(trained, head);
  const headStart = parameters.length - head.weights.length - head.bias.length;
  for (let at = 0; at < headStart; at++) parameters[at]! += 0.1 * (draw.uniform() - 0.5);
  return { trainable: trained, parameters, temperature };
}

/** Uniform in -1..1. */
export function drawnHead(dimension: number, classCount: number, seed: number): LinearHead {
  const draw = random(seed);
  const floats = (length: number) => Float32Array.from({ length }, () => 2 * draw.uniform() - 1);
  return { weights: floats(classCount * dimension), bias: floats(classCount) };
}
