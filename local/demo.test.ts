import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { drawPicture } from '#test/pictures.ts';

const demoPath = fileURLToPath(new URL('./demo.ts', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
  readonly said: () => string;
}

describe('npm run demo', () => {
  let folder: string;
  /** Where the runs may leave nothing. */
  let scratch: string;
  const run = (...argv: string[]): Run => {
    const child = spawn(process.execPath, [demoPath, ...argv], {
      env: { ...process.env, TMPDIR: scratch },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.once('close', (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended, said: () => stdout + stderr };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-demo-pictures-'));
    scratch = await mkdtemp('/tmp/exemplar-demo-scratch-');
    for (const [labelIndex, label] of ['circle', 'square'].entries()) {
      await mkdir(join(folder, label));
      for (let number = 0; number < 12; number++)
        await writeFile(join(folder, label, `${number}.jpg`), await drawPicture(labelIndex, number));
    }
    await writeFile(join(folder, 'circle', 'broken.jpg'), 'this is no picture');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  });

  test('builds on the ONNX file that is given, and says why it cannot', async () => {
    const model = join(folder, '..', `${basename(folder)}.onnx`);
    await writeFile(model, tinyBaseModel().bytes);
    const whole = await run(folder, '--preference', 'performance_first', '--base-model', model).ended;
    expect(whole.code, whole.stderr).toBe(0);
    expect(whole.stdout).toContain('pictures of 32 x 32 pixels, 128 features');
    expect(whole.stdout).toContain(`base model ${basename(folder)} `);
    await writeFile(model, 'no model');
    const refused = await run(folder, '--base-model', model).ended;
    expect(refused).toMatchObject({ code: 1, stderr: 'The file is not an ONNX model, or was cut off.\n' });
    await rm(model);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('on a folder with --json prints one object with real figures and leaves nothing', async () => {
    const { code, stdout, stderr } = await run(folder, '--json', '--preference', 'performance_first', '--seed', '3')
      .ended;
    expect(stderr).toContain('broken.jpg');
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ version: 'V001', state: 'COMPLETED', failure: null });
    expect(['CONVERGED', 'MAX_DURATION']).toContain(result.stopReason);
    expect(result.classStatistics.map((item: { labelName: string }) => item.labelName)).toEqual(['circle', 'square']);
    const rows: number[][] = result.confusionMatrix.rows;
    const right = rows.reduce((sum, row, index) => sum + row[index]!, 0);
    expect(rows.flat().reduce((a, b) => a + b)).toBe(result.validationCount);
    expect(result.accuracy).toBeCloseTo(right / result.validationCount, 12);
    expect(result.modelBytes).toBeGreaterThan(100_000);
    expect(result.prediction.scores).toHaveLength(2);
    expect(result.secondsByPhase).toMatchObject({
      upload: expect.any(Number),
      train: expect.any(Number),
      features: expect.any(Number),
      training: expect.any(Number),
      exporting: expect.any(Number),
      evaluating: expect.any(Number),
      total: expect.any(Number),
    });
    expect(await readdir(scratch)).toEqual([]);
  });

  test('with pictures of one class says why it cannot train', async () => {
    const one = join(folder, '..', `${folder.split('/').at(-1)}-one`);
    await mkdir(join(one, 'circle'), { recursive: true });
    for (let number = 0; number < 6; number++)
      await writeFile(join(one, 'circle', `${number}.jpg`), await drawPicture(0, number));
    try {
      const { code, stdout, stderr } = await run(one, '--json').ended;
      expect(code).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/class|label/i);
    } finally {
      await rm(one, { recursive: true, force: true });
    }
    expect(await readdir(scratch)).toEqual([]);
  });

  test('stopped with Ctrl-C removes everything', async () => {
    const { child, ended, said } = run(folder);
    while (!said().includes('ready at')) await Promise.race([setTimeout(20), ended]);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping');
    expect(await readdir(scratch)).toEqual([]);
  });

  test.each([[['--preference', 'fastest']], [['--train-ratio', '2']], [['/no/such/folder']], [['--colour', 'blue']]])(
    'refuses %j and says how to use it',
    async (argv) => {
      const { code, stdout, stderr } = await run(...argv).ended;
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('npm run demo');
    },
  );
});
