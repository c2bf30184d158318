import sharp from 'sharp';
import type { BaseModel } from '#engine/base-model.ts';
import { openFrozenPrefix } from '#engine/features/frozen-prefix.ts';
import { dataType } from '#engine/onnx/onnx-messages.ts';
import { floatTensor } from '#engine/onnx/tensors.ts';
import { pictureToPixels } from '#engine/pictures/picture-to-pixels.ts';
import { random } from '#engine/random/random.ts';

/** Something that turns pictures into numbers by which a linear probe tells them apart. */
export interface Embedder {
  readonly name: string;
  /** @param jpeg normalised. */
  embed(jpeg: Buffer): Promise<number[]>;
  close(): Promise<void>;
}

export async function baseModelEmbedder(name: string, baseModel: BaseModel): Promise<Embedder> {
  const { output } = baseModel.card;
  const prefix = await openFrozenPrefix(baseModel, output.name, [output.dimension], { threads: 1 });
  return {
    name,
    embed: async (jpeg) => [...(await prefix.run([await pictureToPixels(jpeg, prefix)]))],
    close: () => prefix.close(),
  };
}

/** The same network before it has learned anything: weights by He et al., "Delving deep into rectifiers" (2015), no bias. */
export function withRandomWeights({ card, model }: BaseModel, seed: number): BaseModel {
  const draw = random(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - draw.uniform())) * Math.cos(2 * Math.PI * draw.uniform());
  const initializer = model.graph.initializer.map((tensor) => {
    if (tensor.dataType !== dataType.float || tensor.dims.length === 0) return tensor;
    const size = tensor.dims.reduce((product, length) => product * length, 1);
    const deviation = tensor.dims.length > 1 ? Math.sqrt((2 * tensor.dims[0]!) / size) : 0;
    return floatTensor(
      tensor.name!,
      Float32Array.from({ length: size }, () => deviation * gaussian()),
      tensor.dims,
    );
  });
  return { card, model: { ...model, graph: { ...model.graph, initializer } } };
}

const side = 96;
const levels = 4;
const orientations = 8;
const cells = 4;

/** Shares of 64 colours, and of 8 directions of the gradient in 4 x 4 cells: what can be had without learning. */
export const histograms: Embedder = {
  name: 'colour and gradient histograms',
  embed: async (jpeg) => {
    const pixels = await sharp(jpeg).resize(side, side, { fit: 'cover' }).raw().toBuffer();
    const colours = new Float64Array(levels ** 3);
    const grey = new Float64Array(side * side);
    for (let at = 0; at < side * side; at++) {
      const [r, g, b] = [pixels[at * 3]!, pixels[at * 3 + 1]!, pixels[at * 3 + 2]!];
      const level = (value: number) => Math.floor((value * levels) / 256);
      colours[(level(r) * levels + level(g)) * levels + level(b)]! += 1 / (side * side);
      grey[at] = 0.299 * r + 0.587 * g + 0.114 * b;
    }
    const gradients = new Float64Array(cells * cells * orientations);
    for (let y = 1; y < side - 1; y++)
      for (let x = 1; x < side - 1; x++) {
        const dx = grey[y * side + x + 1]! - grey[y * side + x - 1]!;
        const dy = grey[(y + 1) * side + x]! - grey[(y - 1) * side + x]!;
        const turn = Math.atan2(dy, dx) / Math.PI + 1;
        const direction = Math.floor(((turn % 1) * orientations) % orientations);
        const cell = Math.floor((y * cells) / side) * cells + Math.floor((x * cells) / side);
        gradients[cell * orientations + direction]! += Math.hypot(dx, dy) / (255 * side);
      }
    return [...colours, ...gradients].map(Math.sqrt);
  },
  close: async () => {},
};
