import { loweringFor, type ChosenLowering } from '../autodiff/index.ts';
import type { Device } from '../onnx/device.ts';
import type { TrainingPosition } from './training-checkpoint.ts';

/**
 * The position as another device goes on from it: parameters, moments and average are flat float32 vectors in the order of the network's
 * slots, whatever computed them. Only the way operators are written may have to change, and with it the last bits.
 */
export async function onDevice(
  position: TrainingPosition,
  device: Device,
  chosen?: ChosenLowering,
): Promise<TrainingPosition> {
  if (position.device === device) return position;
  const { lowering } = await loweringFor(device, chosen);
  return { ...position, device, lowering: lowering.name };
}
