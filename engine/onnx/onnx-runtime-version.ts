import { env } from './onnx-runtime.ts';

/** Of ONNX Runtime, as loaded. */
export const onnxRuntimeVersion: string = env.versions.node ?? env.versions.common;
