import { expect, test } from 'vitest';
import { noWebgpu, skippedReason } from '../testing/webgpu.ts';
import { shareOfLargest, tryDevice } from './try-device.ts';

test('the CPU equals itself', async () => {
  expect(await tryDevice('CPU')).toEqual({
    fault: undefined,
    message: 'A training step on the CPU equals that of the CPU but for 0.0e+0.',
  });
});

test.skipIf(process.env['ONNXRUNTIME_NODE_INSTALL'])(
  'without its libraries CUDA is unavailable, as ONNX Runtime says',
  async () => {
    const { fault, message } = await tryDevice('CUDA');
    expect(fault).toBe('UNAVAILABLE');
    expect(message).toMatch(/^ONNX Runtime cannot compute on CUDA here: .*Failed to load shared library/);
  },
);

test.skipIf(noWebgpu)(`a step on WebGPU is that of the CPU${skippedReason}`, { timeout: 300_000 }, async () => {
  const { fault, message } = await tryDevice('WEBGPU');
  expect(message).toMatch(/^A training step on WebGPU equals that of the CPU but for \d\.\de-\d+\.$/);
  expect(fault).toBeUndefined();
});

test('a difference is a share of the largest value, and no number where one is none', () => {
  expect(shareOfLargest(Float32Array.of(1, -4, 2), Float32Array.of(1, -4, 1))).toBe(0.25);
  expect(shareOfLargest(Float32Array.of(1, 2), Float32Array.of(NaN, 2))).toBeNaN();
});
