import { fileURLToPath } from 'node:url';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { openPeer, type Peer, type TrainingSizes } from './peer.ts';

/** @param folder holds node_modules with @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm. */
export function openTfjs(folder: string, model: ModelProto, sizes: TrainingSizes): Promise<Peer> {
  const script = fileURLToPath(new URL('tfjs-training-step.mjs', import.meta.url));
  return openPeer([process.execPath, script, folder], model, sizes);
}

/** The wasm backend has no kernels from which the gradient of a depthwise convolution could be made. */
export function canTrainInTfjs({ graph }: ModelProto): boolean {
  return graph.node.every(({ attribute }) => attribute.every(({ name, i }) => name !== 'group' || i === 1));
}
