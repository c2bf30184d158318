import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { queueOfFlavor } from '../platform/queue.ts';
import { expectedStarts } from './expected-starts.ts';
import type { TrainingProgress } from './training-facts.ts';

/** Where a queued training stands among all that wait for a worker of its flavor. */
export interface QueuePlace {
  /** 1 = next. */
  readonly position: number;
  /** An estimate; null where no worker of the flavor is busy or seen. */
  readonly expectedStartAt: Date | null;
}

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

/** The places of queued trainings of one flavor by id; of others, and of those behind the first 1,000, there is none. */
export async function readQueuePlaces(platform: Platform, flavor: string): Promise<Map<string, QueuePlace>> {
  const name = queueOfFlavor(flavor);
  const now = Date.now();
  const [rows, [taken]] = await Promise.all([
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
  const starts = expectedStarts(
    running.map(({ seconds_so_far: secondsSoFar, max_seconds: maxSeconds, progress }) => ({
      secondsSoFar: secondsSoFar ?? 0,
      secondsLeft: maxSeconds - (secondsSoFar ?? 0),
      etaSeconds: progress?.etaSeconds ?? null,
    })),
    waiting.map((row) => ({ maxDurationSeconds: row.max_seconds })),
    taken!.seconds ?? undefined,
  );
  return new Map(
    waiting.map(({ id }, index) => [
      id,
      { position: index + 1, expectedStartAt: starts ? new Date(now + starts[index]! * 1000) : null },
    ]),
  );
}
