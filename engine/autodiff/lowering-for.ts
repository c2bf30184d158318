import { nameOfDevice, type Device } from '../onnx/device.ts';
import { chooseLowering, type ChosenLowering, type LoweringChoice } from './choose-lowering.ts';
import { loweringNamed } from './lowering-named.ts';
import { portableConvolution } from './portable-convolution.ts';

/**
 * How to write a training for the device: the blocked layout is one of ONNX Runtime's CPU alone.
 * @param chosen on the CPU, where an earlier self-test has said so. @default this process makes the test itself
 */
export async function loweringFor(device: Device, chosen?: ChosenLowering): Promise<LoweringChoice> {
  if (device !== 'CPU')
    return {
      lowering: portableConvolution,
      reason: `Portable operators: the only ones that ${nameOfDevice[device]} has.`,
    };
  if (!chosen) return chooseLowering();
  return { lowering: await loweringNamed(chosen.name), reason: chosen.reason };
}
