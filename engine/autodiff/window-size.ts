import type { Window } from './network.ts';

/** Places of the window along height and width, rounded down as ONNX does without `ceil_mode`. */
export function windowOutputSize(
  { kernel, strides, pads }: Window,
  [height, width]: readonly [number, number],
): [number, number] {
  const places = (size: number, axis: 0 | 1) =>
    Math.floor((size + pads[axis] + pads[axis + 2]! - kernel[axis]) / strides[axis]) + 1;
  return [places(height, 0), places(width, 1)];
}
