import sharp from 'sharp';
import { expect, it } from 'vitest';
import { releaseBytes } from './release-bytes.ts';

it('takes the bytes of a buffer that is alone with its memory, be it from V8 or from libvips', async () => {
  const pixels = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#123456' } })
    .raw()
    .toBuffer();
  for (const buffer of [pixels, Buffer.alloc(100_000, 1), new Uint8Array(10)]) {
    expect(buffer.byteLength).toBeGreaterThan(0);
    releaseBytes(buffer);
    expect(buffer.byteLength).toBe(0);
  }
});

it('leaves a part of some memory to those who have the rest', () => {
  const whole = Buffer.alloc(100, 7);
  const pooled = Buffer.from('a few bytes');
  releaseBytes(whole.subarray(10));
  releaseBytes(pooled);
  expect(whole.every((byte) => byte === 7)).toBe(true);
  expect(pooled.toString()).toBe('a few bytes');
});
