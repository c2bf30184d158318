import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { queueOfFlavor } from '../platform/queue.ts';
import { countLiveWorkers } from '../workers/report-worker.ts';
import { expectedStarts } from './expected-starts.ts';
import { maxParallelOf } from './parallel-places.ts';
import type { TrainingProgress } from './training-facts.ts';

/** Where a queued training stands among all that wait for a worker of its flavor. */
export interface QueuePlace {
  /** 1 = next. */
  readonly position: number;
  /** An estimate; null where no worker of the flavor is alive. */
  readonly expectedStartAt: Date | null;
}

/** How a flavor stands at one moment. */
export interface FlavorQueue {
  /** Workers that take its trainings, those that have one included. */
  readonly liveWorkers: number;
  /** Trainings that a worker has. */
  readonly running: number;
  /** Trainings that wait for a worker, at most the first 1,000 of them: by id, in their order. */
  readonly places: ReadonlyMap<string, QueuePlace>;
  /** Until a training that is started now would be taken; null where no worker is alive. */
  readonly expectedWaitSeconds: number | null;
  /** What those that wait are waiting for. */
  readonly waitingFor: TrainingWait;
}

/** `NO_WORKER`: none is alive. `WORKERS_BUSY`: all have a training. `FLAVOR_FULL`: as many run as may. `NEXT_LOOK`: a worker is about to take it. */
export const trainingWaits = ['NO_WORKER', 'WORKERS_BUSY', 'FLAVOR_FULL', 'NEXT_LOOK'] as const;
export type TrainingWait = (typeof trainingWaits)[number];

/** Further back nobody counts: so much is read for a question. */
const mostWaiting = 1000;
const mostRunning = 1000;
/** How many of the last that ended with a model say how long one takes. */
const judgedTrainings = 20;

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly is_running: boolean;
  readonly seconds_so_far: number | null;
  readonly max_seconds: number;
  readonly progress: TrainingProgress | null;
}

/** Who waits and who works for one flavor. */
export async function readFlavorQueue(platform: Platform, flavor: string): Promise<FlavorQueue> {
  const name = queueOfFlavor(flavor);
  const now = Date.now();
  const [liveWorkers, rows, [taken]] = await Promise.all([
    countLiveWorkers(platform.db, flavor),
    platform.db.execute<Row>(sql`
      with job as (
        (select data, true as is_running, 0 as place from pgboss.job where name = ${name} and state = 'active' limit ${mostRunning})
        union all
        (select data, false, row_number() over (order by priority desc, created_on) from pgboss.job
          where name = ${name} and state in ('created', 'retry')
          order by priority desc, created_on limit ${mostWaiting}))
      select training.id, is_running, max_duration_minutes * 60 as max_seconds, progress,
        extract(epoch from now() - started_at)::float8 as seconds_so_far
      from job join training on training.id = (job.data->>'trainingId')::uuid
      where training.state not in ('COMPLETED', 'FAILED', 'CANCELLED')
      order by place`),
    platform.db.execute<{ seconds: number | null }>(sql`
      select avg(seconds)::float8 as seconds from (
        select extract(epoch from finished_at - started_at) as seconds from training
        where flavor = ${flavor} and state = 'COMPLETED' order by id desc limit ${judgedTrainings}) as last`),
  ]);
  const running = rows.filter((row) => row.is_running);
  const waiting = rows.filter((row) => !row.is_running);
  const maxParallel = maxParallelOf(platform, flavor);
  const slots = Math.min(liveWorkers, maxParallel);
  const starts = expectedStarts(
    running.map(({ seconds_so_far: secondsSoFar, max_seconds: maxSeconds, progress }) => ({
      secondsSoFar: secondsSoFar ?? 0,
      secondsLeft: maxSeconds - (secondsSoFar ?? 0),
      etaSeconds: progress?.etaSeconds ?? null,
    })),
    // The last one is whoever comes now.
    [...waiting.map((row) => ({ maxDurationSeconds: row.max_seconds })), { maxDurationSeconds: 0 }],
    taken!.seconds ?? undefined,
    slots - running.length,
  );
  return {
    liveWorkers,
    running: running.length,
    places: new Map(
      waiting.map(({ id }, index) => [
        id,
        { position: index + 1, expectedStartAt: starts ? new Date(now + starts[index]! * 1000) : null },
      ]),
    ),
    expectedWaitSeconds: starts?.at(-1) ?? null,
    waitingFor:
      liveWorkers === 0 && running.length === 0
        ? 'NO_WORKER'
        : running.length >= maxParallel
          ? 'FLAVOR_FULL'
          : running.length >= liveWorkers
            ? 'WORKERS_BUSY'
            : 'NEXT_LOOK',
  };
}
