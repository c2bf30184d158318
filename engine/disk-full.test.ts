import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { isDiskFull } from './disk-full.ts';

it('tells a full disk and a used-up quota from other failures', async () => {
  // Linux has a device that is always full.
  const error = await writeFile('/dev/full', 'x').catch((failure: unknown) => failure);
  if (process.platform === 'linux') expect(isDiskFull(error)).toBe(true);
  expect(isDiskFull(Object.assign(new Error('quota'), { code: 'EDQUOT' }))).toBe(true);
  expect(isDiskFull(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe(false);
  for (const other of [new Error('x'), 'ENOSPC', undefined, null]) expect(isDiskFull(other)).toBe(false);
});
