import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { readConfig } from '#core/platform/config.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform, type Platform } from '#core/platform/platform.ts';
import { recordFacts } from '#core/trainings/run-training.ts';
import type { TrainingFact, TrainingProgress } from '#core/trainings/training-facts.ts';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { nowMilliseconds, type FromReceiver, type ToReceiver } from './events/messages.ts';
import { insertTrainings } from './events/training-rows.ts';
import { printReport, type Figure } from './report.ts';

/*
 * Events of trainings through a PostgreSQL of its own: this process writes as a worker does, another one watches as a server does.
 * Latency at a calm rate beside a bare LISTEN/NOTIFY and a plain insert; sustained rates beside plain multi-row inserts of the same rows, in turn.
 *   npm run bench:events -- --calm-seconds 20 --seconds 1 --rounds 3
 */
const { values } = parseArgs({
  options: {
    'calm-seconds': { type: 'string', default: '20' },
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
  },
});
const calmMilliseconds = 50;
const trainingCounts = [1, 8, 32];
const batchSizes = [1, 10, 50];
/** Of the sustained rate: what a worker writes in one transaction when it has much to say. */
const promisedBatch = 50;

const folder = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
await chmod(folder, 0o755);
const figures: Figure[] = [];
const server = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
try {
  const environment = { DATABASE_URL: server.url, EXEMPLAR_DATA: folder, EXEMPLAR_LOG_LEVEL: 'error' };
  await migrateDatabase(server.url);
  const platform = await openPlatform(readConfig(environment), { role: 'worker', supervise: false });
  // As many connections as the platform has.
  const plain = postgres(server.url, { max: platform.config.databaseConnections, onnotice: () => {} });
  const receiver = await startReceiver(environment);
  try {
    const watched = await insertTrainings(plain, 'watched', Math.max(...trainingCounts));
    const unwatched = await insertTrainings(plain, 'unwatched', Math.max(...trainingCounts));
    await receiver.watch(watched);
    await measureLatency(platform, plain, receiver, { watched: watched[0]!, unwatched: unwatched[0]! });
    for (const count of trainingCounts)
      for (const size of batchSizes)
        await measureRate(
          { platform, plain, receiver },
          { watched: watched.slice(0, count), unwatched: unwatched.slice(0, count), size },
        );
  } finally {
    await receiver.stop();
    await plain.end();
    await platform.close();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
printReport('events', figures);

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

async function startReceiver(environment: Record<string, string>) {
  const child = fork(fileURLToPath(new URL('./events/receiver.ts', import.meta.url)), [], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const answer = async (message?: ToReceiver): Promise<FromReceiver> => {
    const answered = once(child, 'message');
    if (message) child.send(message);
    const [got] = await Promise.race([answered, exited.then(() => Promise.reject(new Error('the receiver ended')))]);
    return got as FromReceiver;
  };
  await answer();
  return {
    watch: async (trainingIds: readonly string[]) => void (await answer({ type: 'watch', trainingIds })),
    /** When, by its clock, so many more events had come. */
    await: async (count: number) => {
      const message = await answer({ type: 'await', count });
      return message.type === 'received' ? message.at : Number.NaN;
    },
    latencies: async () => {
      const message = await answer({ type: 'latencies' });
      if (message.type !== 'latencies') throw new Error(`the receiver has answered ${message.type}`);
      return message;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** In turn, each so many times a second: single events, bare notifications, plain inserts of one row with a bare notification after it. */
async function measureLatency(
  platform: Platform,
  plain: postgres.Sql,
  receiver: Receiver,
  { watched, unwatched }: { watched: string; unwatched: string },
): Promise<void> {
  const count = Math.round((Number(values['calm-seconds']) * 1000) / calmMilliseconds);
  for (let event = 1; event <= count; event++) {
    const due = nowMilliseconds() + calmMilliseconds;
    const line = () => ({ level: 'INFO', message: String(nowMilliseconds()) }) as const;
    await recordFacts(platform, watched, 1, [{ type: 'LOG_LINE', ...line() }]);
    await setTimeout(calmMilliseconds / 3);
    await plain.notify('bench_notified', line().message);
    await setTimeout(calmMilliseconds / 3);
    const payload = line();
    const row = { training_id: unwatched, seq: event, attempt: 1, type: 'LOG_LINE', payload: plain.json(payload) };
    await plain`insert into training_event ${plain([row])}`;
    await plain.notify('bench_inserted', payload.message);
    await setTimeout(Math.max(0, due - nowMilliseconds()));
  }
  await receiver.await(count);
  const { streamed, bench_notified: notified, bench_inserted: inserted } = await receiver.latencies();
  if ([streamed, notified, inserted].some(({ length }) => length !== count))
    throw new Error(
      `of ${count}, ${streamed.length} events and ${notified.length} and ${inserted.length} notifications came`,
    );
  for (const share of [0.5, 0.99]) {
    const name = `insert to receipt at ${1000 / calmMilliseconds} events a second, p${share * 100}`;
    const value = quantile(streamed, share);
    const against = (reference: string, latencies: readonly number[], target: number | null) =>
      figures.push({
        name,
        value,
        unit: 'ms',
        reference,
        referenceValue: quantile(latencies, share),
        target,
        lowerIsBetter: true,
      });
    // Nothing of it must reach the disk: what the machine can do at best.
    against('bare LISTEN/NOTIFY round trip', notified, share === 0.99 ? 3 : null);
    against('plain insert of a row, then NOTIFY', inserted, share === 0.99 ? 2 : null);
    process.stderr.write(
      `p${share * 100} of ${count}: event ${value.toFixed(2)} ms, bare notification ${quantile(notified, share).toFixed(2)} ms, ` +
        `after a plain insert ${quantile(inserted, share).toFixed(2)} ms\n`,
    );
  }
}

/** Every training writes one batch after the other, as its worker would; then as many loops insert the same rows plainly. */
async function measureRate(
  { platform, plain, receiver }: { platform: Platform; plain: postgres.Sql; receiver: Receiver },
  { watched, unwatched, size }: { watched: readonly string[]; unwatched: readonly string[]; size: number },
): Promise<void> {
  const ours: number[] = [];
  const written: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const started = nowMilliseconds();
    const events = await untilTimeIsUp(watched, async (trainingId, batch) => {
      const progress = progressOf(batch);
      await recordFacts(platform, trainingId, 1, factsOf(progress, size), { progress });
      return size;
    });
    written.push((events / (nowMilliseconds() - started)) * 1000);
    ours.push((events / ((await receiver.await(events)) - started)) * 1000);
    await plain`delete from training_event where training_id = any(${unwatched as string[]}::uuid[])`;
    const bareStarted = nowMilliseconds();
    const inserted = await untilTimeIsUp(unwatched, async (trainingId, batch) => {
      const facts = factsOf(progressOf(batch), size);
      const rows = facts.map(({ type, ...payload }, index) => ({
        training_id: trainingId,
        seq: batch * size + index + 1,
        attempt: 1,
        type,
        payload: plain.json(payload),
      }));
      await plain`insert into training_event ${plain(rows)}`;
      return size;
    });
    bare.push((inserted / (nowMilliseconds() - bareStarted)) * 1000);
  }
  const value = quantile(ours, 0.5);
  const referenceValue = quantile(bare, 0.5);
  process.stderr.write(
    `${watched.length} trainings, batches of ${size}: ${value.toFixed(0)} events a second received, ${quantile(written, 0.5).toFixed(0)} written, ${referenceValue.toFixed(0)} plainly inserted\n`,
  );
  figures.push({
    name: `${watched.length} training(s), batches of ${size}: written and received`,
    value,
    unit: 'events/s',
    reference: 'plain multi-row inserts of the same rows',
    referenceValue,
    target: size === promisedBatch ? 0.5 : null,
  });
}

/** Repeats `write` for each training, one after the other there and all trainings at once; returns the sum of what it returned. */
async function untilTimeIsUp(
  trainingIds: readonly string[],
  write: (trainingId: string, batch: number) => Promise<number>,
): Promise<number> {
  const until = nowMilliseconds() + Number(values.seconds) * 1000;
  const sums = await Promise.all(
    trainingIds.map(async (trainingId) => {
      let sum = 0;
      for (let batch = 0; nowMilliseconds() < until; batch++) sum += await write(trainingId, batch);
      return sum;
    }),
  );
  return sums.reduce((total, sum) => total + sum, 0);
}

function progressOf(done: number): TrainingProgress {
  return { phase: 'TRAINING', done, total: 1000, imagesPerSecond: 123.4, etaSeconds: 56.7, epoch: 1 };
}

function factsOf(progress: TrainingProgress, size: number): Extract<TrainingFact, { type: 'PROGRESSED' }>[] {
  return Array.from({ length: size }, () => ({ type: 'PROGRESSED', ...progress }));
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
