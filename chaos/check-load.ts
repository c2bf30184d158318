import { check, type Check } from './check.ts';
import type { People } from './people.ts';
import type { SteadyLoad } from './steady-load.ts';

/** From a kill -9 until what was killed is back. Times are milliseconds since 1970. */
export interface Outage {
  readonly of: 'SERVER' | 'POSTGRES';
  readonly from: number;
  /** Infinity while it goes on. */
  readonly to: number;
}

/** Until the proxy knows that a server is back, and the servers that the database is. */
const afterwards = { SERVER: 2000, POSTGRES: 5000 };

/**
 * A server that is killed may break connections and no more, a database that is killed may have servers answer with errors; everything else,
 * graceful restarts of all servers and workers among it, refuses nothing.
 */
export function checkRefusals({ requests, refusals }: SteadyLoad, outages: readonly Outage[]): Check {
  const problems = refusals
    .filter(({ from, to, by }) => {
      const met = outages.filter((outage) => outage.from <= to && from <= outage.to + afterwards[outage.of]);
      return !met.some((outage) => outage.of === 'POSTGRES' || by === 'CONNECTION');
    })
    .map(({ from, by, message }) => `${new Date(from).toISOString()} ${by}: ${message}`);
  return check('only kills refuse requests, by connections that break', 'requests', requests, problems);
}

/** What an image carries at the end is the last label that was acknowledged, or one that was sent after it. */
export async function checkLabels(people: People, load: SteadyLoad): Promise<Check> {
  const problems: string[] = [];
  let acknowledged = 0;
  for (const { id, attempts, acknowledged: count } of load.images) {
    acknowledged += count;
    const { image } = await people.ask(`query ($id: ID!) { image(id: $id) { annotations { label { id } } } }`, { id });
    const labels = image?.annotations.map(({ label }: { label: { id: string } }) => label.id);
    const possible = attempts.slice(Math.max(0, count - 1));
    if (labels?.length !== 1 || (count > 0 && !possible.includes(labels[0])))
      problems.push(`${id} carries ${JSON.stringify(labels)} instead of one of ${possible.join()}`);
  }
  return check('no acknowledged label is lost', 'labels', acknowledged, problems);
}
