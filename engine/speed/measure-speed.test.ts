import { expect, it } from 'vitest';
import { measureSpeed } from './measure-speed.ts';

it('measures the processor, and says which device there is not', async () => {
  const gigaflops = await measureSpeed('CPU');
  // Slower than any processor of this century, faster than any.
  expect(gigaflops).toBeGreaterThan(0.01);
  expect(gigaflops).toBeLessThan(1e6);
  // Its provider does not come with the package.
  if (!process.env['ONNXRUNTIME_NODE_INSTALL'])
    await expect(measureSpeed('CUDA')).rejects.toMatchObject({ name: 'DeviceUnavailableError', device: 'CUDA' });
});
