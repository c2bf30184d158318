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
const widths = [3, 16, 32] as const;
const gridSide = 2;
const dimension = widths[2] * gridSide * gridSide;

/**
 * A real base model for tests: two random convolutions (He initialisation), 32 x 32 input, 128 features that keep coarse position.
 * Random features tell colours and simple shapes apart, and one picture takes well below a millisecond.
 */
export function tinyBaseModel(seed = 1): BaseModel & { readonly bytes: Uint8Array } {
  const builder = new GraphBuilder('tiny');
  const draw = random(seed);
  // The output has one value more than needed, as real classifiers do, so that extraction has something to cut off.
  let value = builder.input('input', 'float', ['N', 3, size, size]);
  for (const [index, width] of widths.slice(1).entries()) {
    const fanIn = widths[index]! * 9;
    const weights = Array.from(
      { length: width * fanIn },
      () => gaussian(draw.uniform(), draw.uniform()) * Math.sqrt(2 / fanIn),
    );
    const kernel = builder.initializer(floatTensor(`conv${index + 1}.weight`, weights, [width, widths[index]!, 3, 3]));
    const convolved = builder.node('Conv', [value, kernel], {
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
    });
    value = builder.node('Relu', [convolved]);
  }
  const cell = size / 4 / gridSide;
  const pooled = builder.node('AveragePool', [value], { kernel_shape: [cell, cell], strides: [cell, cell] });
  builder.node('Flatten', [pooled], { axis: 1 }, 'features');
  builder.node('ReduceMean', ['features'], { axes: [1], keepdims: 1 }, 'logits');
  builder.output('features', 'float', ['N', dimension]);
  builder.output('logits', 'float', ['N', 1]);
  const bytes = writeModel(builder.model());
  return { card: card(bytes), model: readModel(bytes), bytes };
}

/** As a folder that {@link loadBaseModel} reads. */
export async function writeTinyBaseModel(directory: string, seed?: number): Promise<void> {
  const { card, bytes } = tinyBaseModel(seed);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, card.file), bytes);
  await writeFile(join(directory, 'base-model.json'), JSON.stringify(card));
}

function card(bytes: Uint8Array): BaseModelCard {
  return {
    name: 'tiny',
    version: '1',
    file: 'model.onnx',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    parameters: 5040,
    multiplyAdds: 405_504,
    input: {
      name: 'input',
      size,
      mean: [0.5, 0.5, 0.5],
      std: [0.25, 0.25, 0.25],
      channelOrder: 'RGB',
      resize: 'cover',
    },
    output: { name: 'features', dimension },
    licence: 'Apache-2.0',
    recipe: 'engine/testing/tiny-base-model.ts',
  };
}

/** Box and Muller. */
function gaussian(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}
