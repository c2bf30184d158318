import { fileURLToPath } from 'node:url';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { openPeer, type Peer, type TrainingSizes } from './peer.ts';

/**
 * @param folder holds node_modules with @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm.
 * @param inputGradient of convolutions: the library's own, or one that is rewritten as a convolution; see tfjs-convolution.mjs.
 */
export async function openTfjs(
  folder: string,
  inputGradient: 'library' | 'rewritten',
  model: ModelProto,
  sizes: TrainingSizes,
): Promise<Peer> {
  const script = fileURLToPath(new URL('tfjs-training-step.mjs', import.meta.url));
  const peer = await openPeer([process.execPath, script, folder, inputGradient], model, sizes);
  return inputGradient === 'library'
    ? peer
    : { ...peer, name: `${peer.name}, with its input gradient rewritten by us` };
}

/** The wasm backend has no kernels from which the gradient of a depthwise convolution could be made. */
export function canTrainInTfjs({ graph }: ModelProto): boolean {
  return graph.node.every(({ attribute }) => attribute.every(({ name, i }) => name !== 'group' || i === 1));
}
