import { isDeepStrictEqual } from 'node:util';
import { check, type Check } from './check.ts';
import { expectedEvent, type EventRow } from './expected-event.ts';
import type { Watcher } from './watcher.ts';

const finalStates = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** What every watcher has against what is in the table. */
export function checkStreams(watchers: readonly Watcher[], rows: readonly EventRow[]): Check[] {
  const tables = Map.groupBy(rows, (row) => row.training_id);
  const different: string[] = [];
  const unfinished: string[] = [];
  for (const [index, watcher] of watchers.entries()) {
    const name = `watcher ${index + 1} (${watcher.transport}, ${watcher.trainingId})`;
    const { events } = watcher;
    const table = (tables.get(watcher.trainingId.replace('Training_', '')) ?? []).map(expectedEvent);
    const at = table.findIndex((expected, place) => !isDeepStrictEqual(events[place], expected));
    if (at >= 0)
      different.push(`${name} has ${JSON.stringify(events[at])} instead of ${JSON.stringify(table[at])}`.slice(0, 600));
    else if (events.length !== table.length)
      different.push(`${name} has ${events.length} events, the table ${table.length}`);
    if (!watcher.isComplete) unfinished.push(`${name} has no end: ${watcher.lastFailure ?? 'no failure'}`);
    else if (!finalStates.has(events.at(-1)?.state)) unfinished.push(`${name} was told of an end that is none`);
  }
  return [
    check('every stream equals the table, event by event', 'streams', watchers.length, different),
    check('every stream is complete after the final event', 'streams', watchers.length, unfinished),
  ];
}

/** Numbers without gaps, and nothing of an attempt after its successor's first event. */
export function checkTable(rows: readonly EventRow[], lastSequences: ReadonlyMap<string, number>): Check[] {
  const gaps: string[] = [];
  const late: string[] = [];
  for (const [id, last] of lastSequences) {
    const table = rows.filter((row) => row.training_id === id);
    if (table.length !== last || table.some((row, index) => row.seq !== index + 1))
      gaps.push(`${id} has ${table.length} events, the last one should be ${last}`);
    for (const [index, row] of table.entries())
      if (index > 0 && row.attempt < table[index - 1]!.attempt)
        late.push(`event ${row.seq} of ${id} is of attempt ${row.attempt}, after one of ${table[index - 1]!.attempt}`);
    const finals = table.filter((row) => finalStates.has(row.payload.state));
    if (finals.length > 1) late.push(`${id} has ended ${finals.length} times`);
  }
  return [
    check('events are numbered 1, 2, 3, ...', 'events', rows.length, gaps),
    check('no attempt writes after its successor', 'events', rows.length, late),
  ];
}
