import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, type Check } from './check.ts';
import type { HitKind } from './decisions.ts';
import { hitInstallation, type Aftermath } from './hit-installation.ts';
import { inspectAftermath, type Findings } from './inspect-aftermath.ts';
import { Installation } from './installation.ts';
import { killLeftovers, type RunningProcess } from './processes.ts';
import type { Say } from './say.ts';

export interface ChaosOptions {
  /** How long the installation is hit. */
  readonly minutes: number;
  /** Of the decisions. */
  readonly seed: number;
  readonly say: Say;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
}

export interface ChaosSummary {
  readonly seed: number;
  readonly minutes: number;
  /** From the start of PostgreSQL to the end of the last process. */
  readonly seconds: number;
  readonly hits: Readonly<Record<HitKind, number>>;
  /** How often a role that had been ready ended although nobody hit it. */
  readonly endedByThemselves: number;
  readonly trainings: number;
  readonly attempts: number;
  readonly events: number;
  /** From the last event of a worker that was lost to its successor's first, ascending: heartbeat, and the wait for a free worker. */
  readonly takeoverSeconds: readonly number[];
  readonly watchers: number;
  /** Connections of watchers after their first ones. */
  readonly reconnections: number;
  /** Of clients behind a proxy who try nothing twice, and how many of them were refused while something that was killed was away. */
  readonly requests: number;
  readonly refused: number;
  readonly checks: readonly Check[];
  readonly pass: boolean;
}

/**
 * Runs an installation, hits it, and looks at what is left of its promises. Stops and removes everything, whatever happens; only what
 * the parts said is kept, where a promise was broken or a part has ended by itself.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosSummary> {
  const { say, minutes, seed, signal } = options;
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-chaos-'));
  // Started by root, PostgreSQL runs as another user, who must be able to get in.
  await chmod(folder, 0o755);
  let done: (Aftermath & Findings) | undefined;
  let left: RunningProcess[] = [];
  let endedByThemselves = 0;
  let parts = 0;
  try {
    say(`seed ${seed}, ${minutes} minutes: starting PostgreSQL, two servers and two workers in ${folder}`);
    const installation = await Installation.open(folder, say, signal);
    try {
      parts = installation.parts.length;
      const aftermath = await hitInstallation(installation, options);
      done = { ...aftermath, ...(await inspectAftermath(aftermath, installation.databaseUrl)) };
    } finally {
      say('stopping workers, servers, PostgreSQL');
      await installation.close();
      endedByThemselves = installation.parts.reduce((sum, part) => sum + part.endedByItself, 0);
    }
  } finally {
    left = await killLeftovers(folder, 10_000);
    for (const { pid, command } of left) say(`left behind: process ${pid}, ${command}`);
    if (signal.aborted) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const commands = left.map(({ command }) => command);
  const checks = [...done.checks, check('no process is left behind', 'parts stopped', parts, commands)];
  const pass = checks.every((each) => each.pass);
  if (pass && endedByThemselves === 0) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  else say(`what the parts said is in ${join(folder, 'log')}`);
  return {
    seed,
    minutes,
    seconds: (performance.now() - started) / 1000,
    hits: done.hits,
    endedByThemselves,
    trainings: done.people.trainings.length,
    attempts: done.attempts,
    events: done.events,
    takeoverSeconds: done.takeoverSeconds,
    watchers: done.watchers.length,
    reconnections: done.watchers.reduce((sum, watcher) => sum + watcher.connections - 1, 0),
    requests: done.load.requests,
    refused: done.load.refusals.length,
    checks,
    pass,
  };
}
