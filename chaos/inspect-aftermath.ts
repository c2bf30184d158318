import postgres from 'postgres';
import { checkImages } from './check-images.ts';
import { checkLabels, checkRefusals } from './check-load.ts';
import { checkStreams, checkTable } from './check-streams.ts';
import { checkEnds, checkEvaluations, type TrainingRow } from './check-trainings.ts';
import type { Check } from './check.ts';
import type { EventRow } from './expected-event.ts';
import type { Aftermath } from './hit-installation.ts';

export interface Findings {
  readonly checks: readonly Check[];
  /** Over all trainings. */
  readonly attempts: number;
  readonly events: number;
  /** From the last event of a worker that was lost to its successor's first, ascending: heartbeat, and the wait for a free worker. */
  readonly takeoverSeconds: readonly number[];
}

/** Holds what is left against the promises: the tables by SQL, the rest as people see it. */
export async function inspectAftermath(aftermath: Aftermath, databaseUrl: string): Promise<Findings> {
  const { people, projects, watchers, cancelled, stopped, load, outages } = aftermath;
  const database = postgres(databaseUrl, { max: 1 });
  try {
    const trainings = await database<TrainingRow[]>`
      select id, project_id, version_number, state, failure, attempt, last_sequence from training order by id`;
    const events = await database<EventRow[]>`
      select training_id, seq, attempt, type, payload, occurred_at from training_event order by training_id, seq`;
    const lastSequences = new Map(trainings.map((row) => [row.id, row.last_sequence]));
    return {
      checks: [
        ...checkEnds(people.trainings, trainings, { cancelled, stopped }),
        ...checkTable(events, lastSequences),
        ...checkStreams(watchers, events),
        await checkEvaluations(people, trainings, watchers),
        await checkImages(people, projects),
        await checkLabels(people, load),
        checkRefusals(load, outages),
      ],
      attempts: trainings.reduce((sum, row) => sum + row.attempt, 0),
      events: events.length,
      takeoverSeconds: takeovers(events),
    };
  } finally {
    await database.end({ timeout: 5 });
  }
}

function takeovers(events: readonly EventRow[]): number[] {
  return events
    .flatMap(({ type, payload, occurred_at: at }, index) =>
      type === 'INTERRUPTED' && payload.reason === 'WORKER_LOST'
        ? [(at.getTime() - events[index - 1]!.occurred_at.getTime()) / 1000]
        : [],
    )
    .sort((a, b) => a - b);
}
