import type { ModelProto } from './onnx-messages.ts';

/** The value of a metadata entry; keys are compared without case, as onnx/docs/MetadataProps.md asks. */
export function getMetadata(model: ModelProto, key: string): string | undefined {
  return model.metadataProps.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.value;
}

/** Replaces the entry of that key, or adds it. */
export function setMetadata(model: ModelProto, key: string, value: string): void {
  model.metadataProps = model.metadataProps.filter((entry) => entry.key.toLowerCase() !== key.toLowerCase());
  model.metadataProps.push({ key, value });
}
