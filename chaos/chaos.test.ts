import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decisions } from './decisions.ts';
import { processesOf } from './processes.ts';

const chaosPath = fileURLToPath(new URL('./chaos.ts', import.meta.url));

function runChaos(...options: string[]) {
  const child = spawn(process.execPath, [chaosPath, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  const lines = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece;
    for (const look of lines) look();
  });
  const output = text(child.stdout);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    output,
    exited,
    get errors() {
      return errors;
    },
    /** Resolves with what it has said once that fits; undefined when it has ended without. */
    saying: (pattern: RegExp): Promise<RegExpExecArray | undefined> =>
      new Promise((resolve) => {
        const look = () => {
          const match = pattern.exec(errors);
          if (match) resolve(match);
        };
        lines.add(look);
        look();
        void exited.then(() => resolve(undefined));
      }),
  };
}

describe('decisions', () => {
  it('should be the same for the same seed', () => {
    const first = (seed: number) => decisions(seed).take(50).toArray();
    expect(first(5)).toEqual(first(5));
    expect(first(5)).not.toEqual(first(6));
  });
});

describe('npm run chaos', () => {
  // Within 15 s: a rolling restart, connections cut, kill -9 of trainer, PostgreSQL, server and worker, a worker that stands still for 13 s.
  it('should find every promise kept', { timeout: 400_000 }, async () => {
    const run = runChaos('--minutes', '0.25', '--seed', '68572', '--json');
    const [output, code] = await Promise.all([run.output, run.exited]);
    expect(output, run.errors).not.toBe('');
    const summary = JSON.parse(output);
    expect(summary.checks.filter((check: { pass: boolean }) => !check.pass)).toEqual([]);
    expect(summary.checks).toHaveLength(11);
    expect(summary).toMatchObject({ seed: 68572, trainings: 4, watchers: 20, endedByThemselves: 0, pass: true });
    expect(summary.hits).toMatchObject({ ROLLING_RESTART: 1, KILL_SERVER: 1, KILL_POSTGRES: 1 });
    expect(summary.requests).toBeGreaterThan(100);
    expect(summary.requests).toBeGreaterThan(summary.refused);
    expect(summary.reconnections).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it('should leave no process behind after Ctrl-C', { timeout: 120_000 }, async () => {
    const run = runChaos('--minutes', '1', '--seed', '1');
    const folder = (await run.saying(/ in (\/\S*exemplar-chaos-\w+)/))?.[1];
    await run.saying(/training 1 of/);
    expect(await processesOf(folder!)).not.toEqual([]);
    run.child.kill('SIGINT');
    expect(await run.exited, run.errors).toBe(130);
    expect(await processesOf(folder!)).toEqual([]);
    expect(await run.output).toBe('');
  });

  it.each([
    [['--minutes', '0'], /--minutes is a number/],
    [['--seed=-1'], /--seed is a whole number/],
    [['--sed', '1'], /--sed/],
  ])('should refuse %j in a sentence', async (options, message) => {
    const run = runChaos(...options);
    expect(await run.exited).toBe(2);
    expect(run.errors).toMatch(message);
    expect(run.errors).toMatch('Usage: npm run chaos');
  });
});
