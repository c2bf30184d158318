import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { createSession } from '../../onnx/create-session.ts';
import { GraphBuilder } from '../../onnx/graph-builder.ts';
import { Tensor, type InferenceSession } from '../../onnx/onnx-runtime.ts';
import { pictureToPixels, type ResizeMode } from '../../pictures/picture-to-pixels.ts';
import { random } from '../../random/random.ts';
import { appendResize } from './append-resize.ts';

const sessions: Record<string, InferenceSession> = {};

async function sessionFor(size: number, resize: ResizeMode): Promise<InferenceSession> {
  const builder = new GraphBuilder('resize');
  builder.input('pixels', 'uint8', ['N', 'H', 'W', 3]);
  appendResize(builder, { input: 'pixels', output: 'resized', size, resize });
  builder.output('resized', 'uint8', ['N', size, size, 3]);
  return createSession(builder.model(13), 'frozen');
}

/** [count, height, width, 3], any bytes: the hardest pictures for a resize. */
const noise = (width: number, height: number, seed: number, count = 1) => {
  const draws = random(seed);
  return Uint8Array.from({ length: count * width * height * 3 }, () => draws.integer(256));
};

async function byGraph(key: string, data: Uint8Array, width: number, height: number, count = 1): Promise<Uint8Array> {
  const outputs = await sessions[key]!.run({ pixels: new Tensor('uint8', data, [count, height, width, 3]) });
  return outputs['resized']!.data as Uint8Array;
}

async function bySharp(data: Uint8Array, width: number, height: number, size: number, fit: ResizeMode) {
  const raw = { width, height, channels: 3 } as const;
  return new Uint8Array(await sharp(data, { raw }).resize(size, size, { fit }).raw().toBuffer());
}

const differing = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, at) => sum + (value === b[at] ? 0 : 1), 0);

describe.each(['cover', 'fill'] as const)('the resize of exported files, %s', (resize) => {
  beforeAll(async () => {
    for (const size of [32, 96]) sessions[`${resize}${size}`] = await sessionFor(size, resize);
  });
  afterAll(() => Promise.all([32, 96].map((size) => sessions[`${resize}${size}`]!.release())));

  it('leaves a picture of the right size alone', async () => {
    const data = noise(96, 96, 1);
    expect(differing(await byGraph(`${resize}96`, data, 96, 96), data)).toBe(0);
  });

  it.each([
    ['larger', 640, 480],
    ['much larger, by boxes of a size that is no power of two', 1024, 683],
    ['much larger, by boxes of two', 400, 401],
    ['a little larger', 193, 191],
    ['of one right side', 300, 96],
    ['smaller', 50, 40],
    ['smaller on one side', 60, 200],
    ['a stripe', 1000, 30],
    ['a long stripe', 2000, 3],
    ['one pixel', 1, 1],
  ])('is that of libvips to the bit: %s', async (_, width, height) => {
    const data = noise(width, height, width);
    const expected = await bySharp(data, width, height, 96, resize);
    expect(differing(await byGraph(`${resize}96`, data, width, height), expected)).toBe(0);
  });

  it('is that of libvips to the bit for any size', async () => {
    const side = fc.integer({ min: 1, max: 260 });
    await fc.assert(
      fc.asyncProperty(side, side, fc.nat(), async (width, height, seed) => {
        const data = noise(width, height, seed);
        const expected = await bySharp(data, width, height, 32, resize);
        expect(differing(await byGraph(`${resize}32`, data, width, height), expected)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('resizes each picture of a batch by itself', async () => {
    const data = noise(120, 80, 5, 3);
    const together = await byGraph(`${resize}32`, data, 120, 80, 3);
    for (const index of [0, 1, 2]) {
      const alone = await byGraph(`${resize}32`, data.slice(index * 28_800, (index + 1) * 28_800), 120, 80);
      expect(differing(together.slice(index * 3072, (index + 1) * 3072), alone)).toBe(0);
    }
  });

  it('sees of a JPEG what the product sees', async () => {
    const jpeg = await sharp(await drawPicture(1, 1))
      .resize(700, 500, { fit: 'fill' })
      .jpeg()
      .toBuffer();
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const resized = await byGraph(`${resize}96`, new Uint8Array(data), info.width, info.height);
    expect(differing(resized, new Uint8Array(await pictureToPixels(jpeg, { size: 96, resize })))).toBe(0);
    const halved = await pictureToPixels(jpeg, { size: 96, resize, decoding: 'halved' });
    expect(differing(resized, new Uint8Array(halved))).toBeGreaterThan(0);
  });
});
