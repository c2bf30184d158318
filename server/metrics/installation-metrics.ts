import { sql } from 'drizzle-orm';
import type { Observed } from '#core/platform/metrics/metrics.ts';
import type { Platform } from '#core/platform/platform.ts';
import { countTrainings } from '#core/trainings/count-trainings.ts';
import { countLiveWorkers } from '#core/workers/report-worker.ts';
import type { EventStreams } from '#schema/context.ts';
import type { SharedSubscriptions } from '../sharing/shared-subscriptions.ts';

/** What is looked up in the database when somebody asks: every server says the same of it. */
export function describeInstallation(platform: Platform): void {
  const { metrics, db, config } = platform;
  metrics.lookUp(
    'exemplar_queue_jobs',
    'Jobs that wait ("waiting") or that a worker has ("active"), by queue; each flavor has a queue of trainings.',
    ['queue', 'state'],
    async () => {
      const rows = await db.execute<{ queue: string; state: string; count: number }>(sql`
        select queue.name as queue, state.state, count(job.id)::int as count
        from pgboss.queue cross join (values ('waiting'), ('active')) as state (state)
        left join pgboss.job on job.name = queue.name and job.state < 'completed' and (job.state = 'active') = (state.state = 'active')
        where queue.name not like '\\_\\_%' group by 1, 2`);
      return rows.map(({ queue, state, count }) => ({ labels: { queue, state }, value: count }));
    },
  );
  metrics.lookUp('exemplar_trainings', 'Trainings of all projects, by state.', ['state'], async () =>
    (await countTrainings(platform)).map(({ state, count }) => ({ labels: { state }, value: count })),
  );
  metrics.lookUp('exemplar_workers', 'Workers that are alive, by flavor.', ['flavor'], () =>
    Promise.all(
      config.flavors.map(async ({ id }) => ({ labels: { flavor: id }, value: await countLiveWorkers(db, id) })),
    ),
  );
  metrics.lookUp(
    'exemplar_database_connections',
    'Connections of all processes of this installation to its database.',
    ['application', 'state'],
    async () => {
      const rows = await db.execute<{ application: string; state: string; count: number }>(sql`
        select application_name as application, coalesce(state, 'unknown') as state, count(*)::int as count
        from pg_stat_activity where datname = current_database() and application_name like 'exemplar%' group by 1, 2`);
      return rows.map(({ application, state, count }) => ({ labels: { application, state }, value: count }));
    },
  );
}

/** What this server holds at the moment. */
export function describeServer(platform: Platform, streams: EventStreams, shared: SharedSubscriptions): void {
  const { metrics, config } = platform;
  metrics.lookUp('exemplar_stream_watchers', 'Clients that watch an event stream of this server.', [], () => [
    { labels: {}, value: shared.watchers },
  ]);
  metrics.lookUp('exemplar_stream_logs', 'Logs of which this server follows the end.', ['log'], () =>
    [streams.trainings, streams.projects, streams.transfers].map((tails): Observed => ({
      labels: { log: tails.log.channel },
      value: tails.watched,
    })),
  );
  metrics.lookUp('exemplar_database_pool_size', 'Connections that the pool of this process may open.', [], () => [
    { labels: {}, value: config.databaseConnections },
  ]);
}
