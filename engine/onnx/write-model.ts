import type { ModelProto } from './onnx-messages.ts';
import { modelProtoType } from './onnx-schema.ts';

/** The bytes of an ONNX file; equal models give equal bytes. */
export function writeModel(model: ModelProto): Uint8Array {
  return modelProtoType.encode(modelProtoType.fromObject(model)).finish();
}
