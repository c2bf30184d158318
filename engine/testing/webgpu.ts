import { measureSpeed } from '../speed/measure-speed.ts';

/**
 * Why nothing is tested on WebGPU here; undefined where it is. It needs a Vulkan driver (Linux) that Dawn accepts. A driver in software is right and
 * some hundred times as slow as the CPU, so it is asked for; Debian's chromium brings one:
 *   EXEMPLAR_TRY_WEBGPU=1 VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm test -- engine/train-device.test.ts
 */
export const noWebgpu: string | undefined = await measureSpeed('WEBGPU').then(
  async (gigaflops) =>
    process.env['EXEMPLAR_TRY_WEBGPU'] === '1' || gigaflops > (await measureSpeed('CPU'))
      ? undefined
      : 'WebGPU is slower than the CPU here; EXEMPLAR_TRY_WEBGPU=1 tests it all the same',
  (error: Error) => error.message,
);

/** For the title of a test that needs it. */
export const skippedReason = noWebgpu === undefined ? '' : ` (skipped: ${noWebgpu})`;
