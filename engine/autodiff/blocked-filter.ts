import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { roundUp } from './elementwise.ts';
import { sizeOf, type ConvGeometry } from './network.ts';

/**
 * What a filter is for. `dense`: a convolution with blocked input. `few`: one whose input has fewer channels than a block and is not
 * blocked. `swapped`: a convolution from outputs to inputs. `depthwise`: either way.
 */
export type FilterForm = 'dense' | 'few' | 'swapped' | 'depthwise';

/**
 * Weights in the order that ONNX Runtime's blocked convolution reads, channels filled up to whole blocks with 0.
 * @param rows [outChannels, taps, inChannels / group]; the taps may be a part of the kernel's.
 * @param options.kernel height and width of the taps.
 */
export function blockedFilter(
  builder: GraphBuilder,
  rows: string,
  options: {
    readonly form: FilterForm;
    readonly block: number;
    readonly geometry: Pick<ConvGeometry, 'inChannels' | 'outChannels'>;
    readonly kernel: readonly [number, number];
  },
): string {
  const { form, block, geometry, kernel } = options;
  const { inChannels, outChannels } = geometry;
  const taps = sizeOf(kernel);
  const [out, into] = [roundUp(outChannels, block), roundUp(inChannels, block)];
  const wanted = form === 'depthwise' ? 1 : form === 'few' ? inChannels : into;
  const missing = [out - outChannels, form === 'depthwise' ? 0 : wanted - inChannels];
  const whole = missing.every((count) => count === 0)
    ? rows
    : builder.node('Pad', [rows, builder.ints(0, 0, 0, missing[0]!, 0, missing[1]!)]);
  const arrange = (sizes: readonly number[], perm: readonly number[], shape: readonly [number, number]) => {
    const split = builder.node('Reshape', [whole, builder.ints(...sizes)]);
    return builder.node('Reshape', [builder.node('Transpose', [split], { perm }), builder.ints(...shape, ...kernel)]);
  };
  switch (form) {
    case 'dense':
      return arrange([out / block, block, taps, into / block, block], [0, 3, 2, 4, 1], [out, into]);
    case 'swapped':
      return arrange([out / block, block, taps, into / block, block], [3, 0, 2, 1, 4], [into, out]);
    case 'few':
      return arrange([out / block, block, taps, inChannels], [0, 3, 2, 1], [out, inChannels]);
    case 'depthwise':
      return arrange([out / block, block, taps], [0, 2, 1], [out, 1]);
  }
}
