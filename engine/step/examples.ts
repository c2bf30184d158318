import type { TrainingInputs } from '../autodiff/training-graph.ts';
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { dataType } from '../onnx/onnx-messages.ts';
import { floatTensor } from '../onnx/tensors.ts';

/**
 * What a training step is given. `activations`: float32 values of the cut, [rows, ...shape]. `pixels`: uint8 RGB [rows, size, size, 3],
 * where the cut is the network's input; `mean` and `std` per channel in 0..1: x = (pixel / 255 - mean) / std.
 */
export type ExampleKind =
  | { readonly kind: 'activations' }
  | { readonly kind: 'pixels'; readonly mean: readonly number[]; readonly std: readonly number[] };

/** Without the number of rows. @param shape of the cut. */
export function exampleShape({ kind }: ExampleKind, shape: readonly number[]): readonly number[] {
  return kind === 'pixels' ? [...shape.slice(1), shape[0]!] : shape;
}

/** The rows of the `examples` input at the given indices, ready for the first layer. */
export function appendExamples(
  builder: GraphBuilder,
  examples: ExampleKind,
  shape: readonly number[],
  rows: string,
): Pick<TrainingInputs, 'examples' | 'layout'> {
  const batch = builder.node('Gather', ['examples', rows], { axis: 0 });
  if (examples.kind === 'activations') return { examples: batch, layout: shape.length === 1 ? 'nc' : 'nchw' };
  const [channels, height, width] = shape as [number, number, number];
  // A whole row of pixels at a time: three numbers at a time would be several times as slow.
  const perRow = (values: readonly number[]) =>
    builder.initializer(
      floatTensor(
        '',
        Array.from({ length: width * channels }, (_, at) => values[at % channels]!),
        [width * channels],
      ),
    );
  const rowsOfPixels = builder.node('Reshape', [batch, builder.ints(-1, width * channels)]);
  const floats = builder.node('Cast', [rowsOfPixels], { to: dataType.float });
  const centred = builder.node('Sub', [floats, perRow(examples.mean.map((mean) => mean * 255))]);
  const scaled = builder.node('Mul', [centred, perRow(examples.std.map((std) => 1 / (std * 255)))]);
  const pictures = builder.node('Reshape', [scaled, builder.ints(-1, height, width, channels)]);
  return { examples: pictures, layout: 'nhwc' };
}
