import { blockSize } from './block-size.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import { portableConvolution } from './portable-convolution.ts';

/**
 * The lowering that an earlier process chose: a training that goes on must not choose again, since the two round differently. On a
 * machine without a blocked layout it is the portable one all the same; there the training goes on, though to other bits.
 */
export async function loweringNamed(name: ConvolutionLowering['name']): Promise<ConvolutionLowering> {
  const block = name === 'blocked' ? await blockSize() : 0;
  return block === 0 ? portableConvolution : blockedConvolution(block);
}
