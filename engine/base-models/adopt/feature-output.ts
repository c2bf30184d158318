import { BaseModelError } from '../../base-model.ts';
import { readNetwork } from '../../autodiff/index.ts';
import { shapesForEmptyPicture } from '../../autodiff/run-part.ts';
import type { ModelProto } from '../../onnx/onnx-messages.ts';

/** Numbers of classes of the data sets on which networks are trained: a last layer of that width names classes. */
const classCounts = new Set([100, 200, 365, 1000, 1001, 10_450, 11_221, 18_291, 19_167, 21_841, 21_843]);

export interface FeatureOutput {
  /** A value of the file's graph. */
  readonly value: string;
  /** Why that. */
  readonly remark: string;
}

/**
 * Where a classifier ends to describe pictures and begins to name classes: an output that is called features or embedding; else what goes
 * into the last linear layer; else, where the last convolution has as many channels as a known data set has classes, what goes into that;
 * else the last output, as of an embedder.
 * @param input name of the picture input. @param size pixels of a side. @throws {OnnxFormatError} @throws {BaseModelError}
 */
export async function findFeatureOutput(model: ModelProto, input: string, size: number): Promise<FeatureOutput> {
  const outputs = model.graph.output.map(({ name }) => name);
  const named = outputs.find((name) => /feature|embed|pooled/i.test(name));
  if (named) return { value: named, remark: `Its output "${named}" is taken for the features.` };
  const last = outputs.at(-1);
  if (last === undefined) throw new BaseModelError('The model has no output.');
  const shapes = await shapesForEmptyPicture(model, [last], input, [3, size, size]);
  if (shapes.get(last)!.length === 2) return { value: last, remark: `Its output "${last}" is taken for the features.` };
  const { layers, output } = await readNetwork(model, input, last, size);
  const learned = layers.findLast(({ kind }) => kind === 'linear' || kind === 'conv');
  const tail = learned ? layers.slice(layers.indexOf(learned) + 1) : [];
  const isClosing = tail.every(
    ({ kind }) => kind === 'activation' || kind === 'reshape' || kind === 'globalAveragePool',
  );
  if (learned?.kind === 'linear' && learned.output === output)
    return {
      value: learned.inputs[0]!,
      remark: `Its last layer "${learned.name}" names ${learned.bias.length} classes: what goes into it are the features.`,
    };
  if (learned?.kind === 'conv' && isClosing && classCounts.has(learned.bias.length))
    return {
      value: learned.inputs[0]!,
      remark: `Its last convolution "${learned.name}" names ${learned.bias.length} classes: what goes into it are the features.`,
    };
  return { value: last, remark: `Its output "${last}" is taken for the features.` };
}
