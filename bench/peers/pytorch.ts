import { fileURLToPath } from 'node:url';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { openPeer, type Peer, type TrainingSizes } from './peer.ts';

/** @param python an interpreter that has torch, onnx and numpy. */
export function openPyTorch(python: string, model: ModelProto, sizes: TrainingSizes): Promise<Peer> {
  const script = fileURLToPath(new URL('pytorch_training_step.py', import.meta.url));
  return openPeer([python, script], model, sizes);
}
