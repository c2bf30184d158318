import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseLowering, type Device } from '#engine/index.ts';
import { isUsable, runSelfTest, type DeviceReport } from './run-self-test.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-self-test-'));
});
afterAll(() => rm(folder, { recursive: true }));
const never = new AbortController().signal;

/** A self-test that does something else with each device. */
async function testWith(body: Partial<Record<Device, string>>, device: Device = 'CPU', signal = never) {
  const path = join(folder, `${crypto.randomUUID()}.mjs`);
  const cases = Object.entries(body).map(([device, program]) => `if (device === '${device}') { ${program} }`);
  await writeFile(
    path,
    `const send = (message) => new Promise((resolve) => process.send(message, resolve));
     for (const device of process.argv.slice(2)) { await send({ type: 'begins', device }); ${cases.join('\n')} }
     process.disconnect();`,
  );
  return runSelfTest(device, signal, path);
}
const speed = (gigaflops: number) => `await send({ type: 'speed', device, gigaflops: ${gigaflops} });`;
const dies = `process.kill(process.pid, 'SIGSEGV'); await new Promise(() => setInterval(() => {}, 1000));`;

it(
  'chooses as a trainer would, measures what there is, and says why the rest is of no use',
  { timeout: 300_000 },
  async () => {
    const { lowering } = await chooseLowering();
    const test = runSelfTest('CPU', never);
    const chosen = await test.lowering;
    expect(chosen.name).toBe(lowering.name);
    expect(chosen.reason.length).toBeGreaterThan(20);
    const { speeds, unusable } = await test.report;
    expect(speeds[0]).toEqual({ device: 'CPU', gigaflops: expect.any(Number) });
    expect(speeds[0]!.gigaflops).toBeGreaterThan(0);
    // Its provider does not come with the package.
    if (!process.env['ONNXRUNTIME_NODE_INSTALL'])
      expect(unusable).toContainEqual({
        device: 'CUDA',
        fault: 'UNAVAILABLE',
        message: expect.stringMatching(/cannot compute on CUDA here: .*Failed to load shared library/),
      });
  },
);

it.each([
  ['a native crash', dies, 'SIGSEGV'],
  ['an error', 'throw new Error("no")', 'code 1'],
])('falls back to portable operators after %s, and tries the other devices', async (_, program, how) => {
  const { lowering, report } = await testWith({ CPU: program, WEBGPU: speed(90) });
  expect(await lowering).toEqual({
    name: 'portable',
    reason: `Portable operators: the self-test of faster ones ended with ${how}.`,
  });
  expect(await report).toEqual({ speeds: [{ device: 'WEBGPU', gigaflops: 90 }], unusable: [] });
});

it('survives drivers that bring the process down, and keeps what was found before and after', async () => {
  const { report } = await testWith({ CPU: speed(7), CUDA: dies, WEBGPU: speed(90) });
  const found = await report;
  expect(found).toEqual({
    speeds: [
      { device: 'CPU', gigaflops: 7 },
      { device: 'WEBGPU', gigaflops: 90 },
    ],
    unusable: [{ device: 'CUDA', fault: 'CRASHED', message: 'Trying CUDA ended with SIGSEGV.' }],
  });
  expect(isUsable('CUDA', found)).toBe(false);
  expect(isUsable('WEBGPU', found)).toBe(true);
});

it('takes no GPU that is slower than the CPU, and says so of one that is wrong only that', async () => {
  const wrong = `await send({ type: 'unusable', device, fault: 'WRONG', message: 'Gradients differ.' }); ${speed(3)}`;
  const { report } = await testWith({ CPU: speed(97.123), CUDA: wrong, WEBGPU: speed(0.1823) });
  expect((await report).unusable).toEqual([
    { device: 'CUDA', fault: 'WRONG', message: 'Gradients differ.' },
    { device: 'WEBGPU', fault: 'SLOW', message: 'WebGPU computes 0.182 GFLOP/s here, the CPU 97.1.' },
  ]);
});

it('tries the device that is asked for first, and does not wait for others to tell of it', async () => {
  const hangs = `await new Promise(() => setInterval(() => {}, 1000));`;
  const stop = new AbortController();
  const { trial, report } = await testWith({ CPU: speed(7), WEBGPU: speed(90), CUDA: hangs }, 'WEBGPU', stop.signal);
  const found = {
    speeds: [
      { device: 'CPU', gigaflops: 7 },
      { device: 'WEBGPU', gigaflops: 90 },
    ],
    unusable: [],
  };
  expect(await trial).toEqual(found);
  stop.abort();
  expect(await report).toEqual(found);
});

it('finds fault with no CPU', () => {
  const report: DeviceReport = { speeds: [], unusable: [{ device: 'CPU', fault: 'CRASHED', message: '' }] };
  expect(isUsable('CPU', report)).toBe(true);
});

it('ends when it is told to', async () => {
  const stop = new AbortController();
  const path = join(folder, 'for-ever.mjs');
  await writeFile(path, 'process.on("message", () => {}); process.send({ type: "begins", device: "CPU" });');
  const { lowering, report } = runSelfTest('CPU', stop.signal, path);
  stop.abort();
  expect(await report).toEqual({ speeds: [], unusable: [] });
  expect((await lowering).name).toBe('portable');
});
