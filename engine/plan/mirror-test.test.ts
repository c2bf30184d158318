import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drain, noStop, sourceOf } from '#test/picture-source.ts';
import { extractFeatures } from '../features/extract-features.ts';
import { openFrozenPrefix } from '../features/frozen-prefix.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { mirrorTest } from './mirror-test.ts';

/** A bar on the left or on the right, in one of two colours. */
async function bar(side: 'left' | 'right', colour: string, number: number): Promise<Buffer> {
  const x = (side === 'left' ? 4 : 36) + (number % 5);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="rgb(${150 + (number % 40)},160,170)"/>
    <rect x="${x}" y="${4 + (number % 7)}" width="16" height="50" fill="${colour}"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 95 }).toBuffer();
}

async function ask(pictures: Buffer[], labels: number[]) {
  const { card } = tinyBaseModel();
  const train = sourceOf(pictures, labels);
  const cache = openPictureCache(undefined);
  const prefix = await openFrozenPrefix(tinyBaseModel(), card.output.name, [card.output.dimension], { threads: 1 });
  const shared = { seed: 1, pictures: cache, ...noStop };
  const { result } = await drain(extractFeatures(prefix, train, train, { views: 1, ...shared }));
  const answer = await mirrorTest({ prefix, train, features: result.train, classCount: 2, ...shared });
  await prefix.close();
  return answer!;
}

describe('the mirror test', () => {
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  const labels = numbers.map((number) => number % 2);

  test('forbids mirroring where left and right are the classes', async () => {
    const pictures = await Promise.all(numbers.map((number) => bar(number % 2 ? 'left' : 'right', '#b22', number)));
    const { accuracy, mirroredAccuracy, isAlike } = await ask(pictures, labels);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(mirroredAccuracy).toBeLessThan(0.3);
    expect(isAlike).toBe(false);
  });

  test('allows it where colours are', async () => {
    const pictures = await Promise.all(
      numbers.map((number) => bar(number % 4 < 2 ? 'left' : 'right', number % 2 ? '#b22' : '#22b', number)),
    );
    const { accuracy, isAlike } = await ask(pictures, labels);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(isAlike).toBe(true);
  });
});
