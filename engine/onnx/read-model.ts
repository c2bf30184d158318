import type { GraphProto, ModelProto, TensorProto } from './onnx-messages.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import { modelProtoType } from './onnx-schema.ts';

/** Written by `git lfs` where the real file was not downloaded. */
const lfsPointer = 'version https://git-lfs.github.com/spec/';

/**
 * Reads a whole ONNX file. Only its form is judged here; whether its operators make sense is for ONNX Runtime to say.
 * @throws {OnnxFormatError} for anything that is no self-contained ONNX model.
 */
export function readModel(bytes: Uint8Array): ModelProto {
  if (bytes.length === 0) throw new OnnxFormatError('The model file is empty (0 bytes).');
  if (Buffer.from(bytes.subarray(0, lfsPointer.length)).toString('latin1') === lfsPointer)
    throw new OnnxFormatError(
      'The file is a Git LFS pointer, not the model itself: run "git lfs pull" and take the real file.',
    );
  const model = decode(bytes);
  if (!model.graph || model.graph.node.length === 0)
    throw new OnnxFormatError('The file is not an ONNX model: it holds no graph with operators.');
  if (model.opsetImport.length === 0)
    throw new OnnxFormatError('The file is not an ONNX model: it names no operator set.');
  refuseExternalData(model.graph);
  return model;
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    const message = modelProtoType.decode(bytes);
    // `arrays` turns missing lists into empty ones, so that nobody has to ask twice.
    return modelProtoType.toObject(message, { longs: Number, arrays: true }) as ModelProto;
  } catch (cause) {
    throw new OnnxFormatError('The file is not an ONNX model, or was cut off.', { cause });
  }
}

function refuseExternalData(graph: GraphProto): void {
  const tensor = tensorsOf(graph).find(({ dataLocation }) => dataLocation === 1);
  if (!tensor) return;
  const file = tensor.externalData.find(({ key }) => key === 'location')?.value ?? 'another file';
  throw new OnnxFormatError(
    `The model keeps the weights "${tensor.name}" in ${file}. Save it as one file with all weights inside.`,
  );
}

/** Weights and constants of the graph and of all graphs inside it. */
function tensorsOf(graph: GraphProto): TensorProto[] {
  const attributes = graph.node.flatMap(({ attribute }) => attribute);
  const constants = attributes.flatMap(({ t, tensors }) => (t ? [t, ...tensors] : tensors));
  const subgraphs = attributes.flatMap(({ g, graphs }) => (g ? [g, ...graphs] : graphs));
  return [...graph.initializer, ...constants, ...subgraphs.flatMap(tensorsOf)];
}
