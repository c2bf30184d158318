import { GraphBuilder } from '../onnx/graph-builder.ts';
import { setMetadata } from '../onnx/metadata.ts';
import { readModel } from '../onnx/read-model.ts';
import { renameValues } from '../onnx/rename-values.ts';
import { writeModel } from '../onnx/write-model.ts';
import { readClassifierMetadata } from './classifier-metadata.ts';
import { appendResize } from './resize/append-resize.ts';

/** What whoever holds nothing but the file must know to feed it. */
const inputContract =
  'pixels: uint8 [N, H, W, 3], red, green, blue, 0 to 255, sRGB, rows from the top, upright as a person sees it, transparency over white; ' +
  'any height and width, the same for all N. Nothing else is to be done: the file resizes, normalises and answers with probabilities.';

/**
 * The file that people take with them: a stored version with the product's resize before it. The network, its weights and its temperature
 * are those of the stored file, untouched. Input `pixels` uint8 [N, H, W, 3] of any size, output `probabilities` float32 [N, classes].
 * @param facts further metadata, such as the lineage.
 * @throws {OnnxFormatError} when the file is none that a training of ours left.
 */
export function composeDeliverable(stored: Uint8Array, facts: Readonly<Record<string, string>>): Uint8Array {
  const model = readModel(stored);
  const { inputSize: size, resize } = readClassifierMetadata(model);
  const builder = new GraphBuilder('deliverable');
  builder.input('pixels', 'uint8', ['N', 'H', 'W', 3]);
  appendResize(builder, { input: 'pixels', output: 'resized', size, resize });
  builder.append(renameValues(model.graph, (name) => (name === 'pixels' ? 'resized' : name)));
  const deliverable = { ...model, graph: { ...builder.graph(), output: model.graph.output } };
  for (const [key, value] of Object.entries({ input_contract: inputContract, ...facts }))
    setMetadata(deliverable, key, value);
  return writeModel(deliverable);
}
