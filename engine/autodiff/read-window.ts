import type { NodeProto } from '../onnx/onnx-messages.ts';
import { attribute, refuse } from './network-reader.ts';
import type { Window } from './network.ts';

/**
 * Kernel, strides and pads of a Conv or pooling node.
 * @param size height and width of its input, which `auto_pad` depends on.
 * @throws {UnknownForm}
 */
export function readWindow(
  node: NodeProto,
  kernel: readonly number[],
  size: readonly [height: number, width: number],
): Window {
  if (kernel.length !== 2) refuse('not two-dimensional');
  const strides = attribute(node, 'strides')?.ints ?? [1, 1];
  const pads = attribute(node, 'pads')?.ints ?? [0, 0, 0, 0];
  if ((attribute(node, 'dilations')?.ints ?? []).some((dilation) => dilation !== 1)) refuse('dilated');
  if ((attribute(node, 'ceil_mode')?.i ?? 0) !== 0) refuse('rounds its size up');
  if (strides.length !== 2 || pads.length !== 4) refuse('not two-dimensional');
  const autoPad = Buffer.from(attribute(node, 'auto_pad')?.s ?? 'NOTSET').toString();
  return {
    kernel: [kernel[0]!, kernel[1]!],
    strides: [strides[0]!, strides[1]!],
    pads: autoPads(autoPad, kernel, strides, size) ?? [pads[0]!, pads[1]!, pads[2]!, pads[3]!],
  };
}

/** SAME pads so that the output has input / stride places, rounded up; an odd remainder goes to the end (UPPER) or the start. */
function autoPads(
  mode: string,
  kernel: readonly number[],
  strides: readonly number[],
  size: readonly [number, number],
): Window['pads'] | undefined {
  if (mode === 'NOTSET') return undefined;
  if (mode === 'VALID') return [0, 0, 0, 0];
  const [vertical, horizontal] = size.map((length, axis) =>
    Math.max(0, (Math.ceil(length / strides[axis]!) - 1) * strides[axis]! + kernel[axis]! - length),
  ) as [number, number];
  const round = mode === 'SAME_UPPER' ? Math.floor : Math.ceil;
  const [top, left] = [round(vertical / 2), round(horizontal / 2)];
  return [top, left, vertical - top, horizontal - left];
}
