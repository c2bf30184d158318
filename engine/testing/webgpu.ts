import { measureSpeed } from '../speed/measure-speed.ts';

/**
 * Why nothing can be tested on WebGPU here; undefined where it can. It needs a Vulkan driver (Linux) that Dawn accepts. Without a GPU, Debian's
 * chromium brings one in software, which is right and some hundred times as slow as the CPU:
 *   VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm test -- engine/step/try-device.test.ts engine/train-device.test.ts
 */
export const noWebgpu: string | undefined = await measureSpeed('WEBGPU').then(
  () => undefined,
  (error: Error) => error.message,
);

/** For the title of a test that needs it. */
export const skippedReason = noWebgpu === undefined ? '' : ` (skipped: ${noWebgpu})`;
