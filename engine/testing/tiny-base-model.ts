import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaseModel, BaseModelCard } from '../base-model.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatTensor } from '../onnx/tensors.ts';
import { writeModel } from '../onnx/write-model.ts';
import { random } from '../random/random.ts';

const size = 32;
const dimension = 128;

/**
 * A real base model for tests: random convolutions (He initialisation) with one inverted residual, 32 x 32 input or any other, 128
 * features. Random features tell colours and simple shapes apart, and one picture takes well below a millisecond. What follows
 * the second convolution, about a quarter of it, is what fine-tuning takes for its suffix.
 */
export function tinyBaseModel(seed = 1): BaseModel & { readonly bytes: Uint8Array } {
  const builder = new GraphBuilder('tiny');
  const draw = random(seed);
  let convolutions = 0;
  const convolve = (
    value: string,
    [from, to]: readonly [number, number],
    { kernel, stride = 1, group = 1 }: { kernel: number; stride?: number; group?: number },
  ): string => {
    const fanIn = (from / group) * kernel ** 2;
    const weights = Array.from(
      { length: to * fanIn },
      () => gaussian(draw.uniform(), draw.uniform()) * Math.sqrt(2 / fanIn),
    );
    const name = `conv${(convolutions += 1)}.weight`;
    const pad = (kernel - 1) / 2;
    const tensor = floatTensor(name, weights, [to, from / group, kernel, kernel]);
    return builder.node('Conv', [value, builder.initializer(tensor)], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group,
    });
  };
  const relu = (value: string) => builder.node('Relu', [value]);
  // The output has one value more than needed, as real classifiers do, so that extraction has something to cut off.
  const input = builder.input('input', 'float', ['N', 3, size, size]);
  const stem = relu(convolve(input, [3, 16], { kernel: 3, stride: 2 }));
  const trunk = relu(convolve(stem, [16, 32], { kernel: 3, stride: 2 }));
  const deep = relu(convolve(trunk, [32, 32], { kernel: 3, group: 32 }));
  const sum = relu(builder.node('Add', [trunk, convolve(deep, [32, 32], { kernel: 1 })]));
  const wide = relu(convolve(sum, [32, dimension], { kernel: 1, stride: 2 }));
  builder.node('Flatten', [builder.node('GlobalAveragePool', [wide])], { axis: 1 }, 'features');
  builder.node('ReduceMean', ['features'], { axes: [1], keepdims: 1 }, 'logits');
  builder.output('features', 'float', ['N', dimension]);
  builder.output('logits', 'float', ['N', 1]);
  const bytes = writeModel(builder.model());
  const sizes = { size, dimension, parameters: 10_448, multiplyAdds: 555_008 };
  return { card: baseModelCard('tiny', bytes, { output: 'features', ...sizes }), model: readModel(bytes), bytes };
}

/** As a folder that {@link loadBaseModel} reads. */
export async function writeTinyBaseModel(directory: string, seed?: number): Promise<void> {
  const { card, bytes } = tinyBaseModel(seed);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, card.file), bytes);
  await writeFile(join(directory, 'base-model.json'), JSON.stringify(card));
}

/** Of a network for tests whose input is called `input`. */
export function baseModelCard(
  name: string,
  bytes: Uint8Array,
  {
    output,
    size,
    dimension,
    parameters,
    multiplyAdds,
  }: {
    readonly output: string;
    readonly size: number;
    readonly dimension: number;
    readonly parameters: number;
    readonly multiplyAdds: number;
  },
): BaseModelCard {
  return {
    name,
    version: '1',
    file: 'model.onnx',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    parameters,
    multiplyAdds,
    input: {
      name: 'input',
      size,
      mean: [0.5, 0.5, 0.5],
      std: [0.25, 0.25, 0.25],
      channelOrder: 'RGB',
      resize: 'cover',
    },
    output: { name: output, dimension },
    licence: 'Apache-2.0',
    recipe: 'engine/testing/tiny-base-model.ts',
  };
}

/** Box and Muller. */
function gaussian(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}
