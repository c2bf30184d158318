import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseLowering } from '#engine/index.ts';
import { runSelfTest } from './run-self-test.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-self-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('chooses as a trainer would', async () => {
  const { lowering } = await chooseLowering();
  const chosen = await runSelfTest();
  expect(chosen.name).toBe(lowering.name);
  expect(chosen.reason.length).toBeGreaterThan(20);
});

it.each([
  ['a native crash', 'process.kill(process.pid, "SIGSEGV")', 'SIGSEGV'],
  ['an error', 'throw new Error("no")', 'code 1'],
])('falls back to portable operators after %s', async (_, program, how) => {
  const path = join(folder, `${how.replaceAll(' ', '-')}.mjs`);
  await writeFile(path, program);
  expect(await runSelfTest(path)).toEqual({
    name: 'portable',
    reason: `Portable operators: the self-test of faster ones ended with ${how}.`,
  });
});
