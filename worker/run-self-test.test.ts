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

it('chooses as a trainer would, and measures what there is', async () => {
  const { lowering } = await chooseLowering();
  const test = runSelfTest();
  const chosen = await test.lowering;
  expect(chosen.name).toBe(lowering.name);
  expect(chosen.reason.length).toBeGreaterThan(20);
  const speeds = await test.speeds;
  expect(speeds[0]).toEqual({ device: 'CPU', gigaflops: expect.any(Number) });
  expect(speeds[0]!.gigaflops).toBeGreaterThan(0);
});

const speed = `process.send({ type: 'speed', device: 'CPU', gigaflops: 7 }, () => process.kill(process.pid, 'SIGSEGV'))`;
it.each([
  ['a native crash', 'process.kill(process.pid, "SIGSEGV")', 'SIGSEGV', []],
  ['an error', 'throw new Error("no")', 'code 1', []],
  ['a crash of a driver, keeping what was measured', speed, 'SIGSEGV', [{ device: 'CPU', gigaflops: 7 }]],
])('falls back to portable operators after %s', async (name, program, how, measured) => {
  const path = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
  await writeFile(path, program);
  const { lowering, speeds } = runSelfTest(path);
  expect(await lowering).toEqual({
    name: 'portable',
    reason: `Portable operators: the self-test of faster ones ended with ${how}.`,
  });
  expect(await speeds).toEqual(measured);
});
