import { parseArgs } from 'node:util';
import { printReport, type Figure } from './report.ts';
import { Child } from './stream/child.ts';
import { openInstallation, writeEpochs, type Installation } from './stream/installation.ts';
import type { ClientCommand, ClientMessage, Mode, ServerCommand, ServerMessage, Transport } from './stream/messages.ts';

/*
 * Watchers of trainings over WebSocket and server-sent events, against bare sockets that are given the same bytes and against Yoga with
 * graphql-ws as documented, in turns in one run: deliveries a second of a burst, CPU of the server for each delivery, time from the event to its
 * receipt at a calm rate, memory a watcher.
 *   npm run bench:stream -- --watchers 100 --watchers 1000 --rounds 3
 */
const { values } = parseArgs({
  options: {
    watchers: { type: 'string', multiple: true, default: ['100', '1000', '5000'] },
    /** Trainings among which 1,000 watchers are spread in one more case; 0 = leave it out. */
    spread: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    /** Deliveries of a burst; its events are as many as that gives, 10 at least. */
    deliveries: { type: 'string', default: '100000' },
    'calm-events': { type: 'string', default: '40' },
  },
});
const rounds = Number(values.rounds);
const calmEvents = Number(values['calm-events']);
const query = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  __typename sequence occurredAt
  ... on TrainingStateChanged { state stopReason }
  ... on TrainingProgressed { phase currentEpoch done total imagesPerSecond etaSeconds }
  ... on TrainingEpochCompleted { stage epoch epochs loss metrics { imageCount accuracy macro { precision recall f1 } confusionMatrix
    classStatistics { labelName support precision recall f1 oneVsRestAccuracy } } } } }`;

interface Case {
  readonly watchers: number;
  readonly trainings: number;
  readonly transport: Transport;
  readonly modes: readonly Mode[];
}
const cases: Case[] = [
  ...values.watchers
    .map(Number)
    .map((watchers): Case => ({ watchers, trainings: 1, transport: 'websocket', modes: ['raw', 'ours', 'plain'] })),
  ...(Number(values.spread) > 0
    ? [
        {
          watchers: 1000,
          trainings: Number(values.spread),
          transport: 'websocket',
          modes: ['raw', 'ours', 'plain'],
        } as const,
      ]
    : []),
  {
    watchers: Math.min(1000, Math.max(...values.watchers.map(Number))),
    trainings: 1,
    transport: 'sse',
    modes: ['raw', 'ours'],
  },
];

interface Measured {
  readonly deliveriesPerSecond: number;
  readonly cpuMicroseconds: number;
  readonly p50: number;
  readonly p99: number;
  /** Growth of resident memory, with the room that V8 and malloc happen to keep, or to have kept before. */
  readonly residentBytesPerWatcher: number;
}

/** What a watcher holds while it waits. */
interface Held {
  /** Resident memory once everything was collected and given back: with sockets, parsers and all else that is outside of V8's heap. */
  readonly heldBytesPerWatcher: number;
  /** What of it is alive in V8's heap and buffers. */
  readonly liveBytesPerWatcher: number;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const quantile = (numbers: readonly number[], part: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))]!;

type Clients = Child<ClientCommand, ClientMessage>;

async function usage(server: Child<ServerCommand, ServerMessage>) {
  server.send({ type: 'usage' });
  return server.next('usage');
}

/** One mode of one case, with processes of its own. */
async function measure(
  installation: Installation,
  mode: Mode,
  { watchers, trainings, transport }: Case,
): Promise<Measured> {
  const server = new Child<ServerCommand, ServerMessage>('./server.ts', [mode], installation.environment);
  const clients = new Child<ClientCommand, ClientMessage>('./clients.ts', []);
  try {
    const { url } = await server.next('ready');
    const ids = await installation.trainings(trainings);
    const topics = ids.map((id) => `Training_${id}`);
    const connect = (count: number) => {
      const { token } = installation;
      clients.send({ type: 'connect', url, token, transport, count, trainingIds: topics, query, after: 0 });
      return clients.next('connected');
    };
    const events = async (count: number): Promise<Extract<ClientMessage, { type: 'received' }>> => {
      clients.send({ type: 'expect', events: count });
      if (mode === 'raw') {
        const payloads = rawPayloads(topics[0]!, count);
        for (const topic of topics) server.send({ type: 'broadcast', topic, payloads });
      } else
        for (let sent = 0; sent < count; sent += 50)
          await Promise.all(ids.map((id) => writeEpochs(installation.platform, id, Math.min(50, count - sent))));
      return clients.next('received');
    };
    // What does not depend on the number of watchers is loaded by the first of them.
    await connect(Math.min(20, watchers));
    await events(5);
    clients.send({ type: 'disconnect' });
    await clients.next('disconnected');
    const before = await usage(server);
    const fresh = await installation.trainings(trainings);
    ids.splice(0, ids.length, ...fresh);
    topics.splice(0, topics.length, ...fresh.map((id) => `Training_${id}`));
    await connect(watchers);
    await events(2);
    const after = await usage(server);

    const latencies: number[] = [];
    for (let event = 0; event < calmEvents; event++) {
      const startedAt = Date.now();
      latencies.push(...(await events(1)).latencies);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (Date.now() - startedAt))));
    }
    const burst = Math.max(10, Math.ceil(Number(values.deliveries) / watchers));
    const cpuBefore = (await usage(server)).cpuMicroseconds;
    const startedAt = Date.now();
    const { at } = await events(burst);
    const cpu = (await usage(server)).cpuMicroseconds - cpuBefore;
    return {
      deliveriesPerSecond: (burst * watchers * 1000) / (at - startedAt),
      cpuMicroseconds: cpu / (burst * watchers),
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      residentBytesPerWatcher: (after.residentBytes - before.residentBytes) / watchers,
    };
  } finally {
    await clients.stop();
    await server.stop();
  }
}

/** Watchers who are there before those are counted that come: what does not grow with them has grown by then. */
const firstWatchers = 250;

/** Memory, with processes of its own: collecting everything is no beginning for anything else. */
async function measureHeld(
  installation: Installation,
  mode: Mode,
  { watchers, trainings, transport }: Case,
): Promise<Held> {
  const server = new Child<ServerCommand, ServerMessage>('./server.ts', [mode], installation.environment);
  const [first, others] = Array.from(
    { length: 2 },
    () => new Child<ClientCommand, ClientMessage>('./clients.ts', []),
  ) as [Clients, Clients];
  try {
    const { url } = await server.next('ready');
    const ids = await installation.trainings(trainings);
    const trainingIds = ids.map((id) => `Training_${id}`);
    const { token } = installation;
    const collected = async (clients: Clients, count: number, stored: number) => {
      clients.send({ type: 'connect', url, token, transport, count, trainingIds, query, after: 0 });
      await clients.next('connected');
      clients.send({ type: 'expect', events: stored + 2 });
      if (mode === 'raw')
        for (const topic of trainingIds) server.send({ type: 'broadcast', topic, payloads: rawPayloads(topic, 2) });
      else await Promise.all(ids.map((id) => writeEpochs(installation.platform, id, 2)));
      await clients.next('received');
      server.send({ type: 'collect' });
      return server.next('collected');
    };
    const before = await collected(first, firstWatchers, 0);
    // Bare sockets store nothing; with the others newcomers read what is stored first.
    const after = await collected(others, watchers, mode === 'raw' ? 0 : 2);
    return {
      heldBytesPerWatcher: (after.residentBytes - before.residentBytes) / watchers,
      liveBytesPerWatcher: (after.liveBytes - before.liveBytes) / watchers,
    };
  } finally {
    await Promise.all([first.stop(), others.stop()]);
    await server.stop();
  }
}

let payload: string | undefined;
/** What our server sends for the same fact, with the time of now. */
function rawPayloads(trainingId: string, count: number): string[] {
  payload ??= JSON.stringify({ data: { trainingEvents: epochOnTheWire } });
  const occurredAt = new Date().toISOString();
  return Array.from({ length: count }, () => payload!.replace('OCCURRED', occurredAt).replace('TRAINING', trainingId));
}
const average = { precision: 0.912345, recall: 0.901234, f1: 0.905678 };
const epochOnTheWire = {
  __typename: 'TrainingEpochCompleted',
  sequence: 123,
  occurredAt: 'OCCURRED',
  stage: 'FULL',
  epoch: 123,
  epochs: 1000,
  loss: 0.123456,
  metrics: {
    imageCount: 400,
    accuracy: 0.9123,
    macro: average,
    confusionMatrix: Array.from({ length: 10 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => (row === column ? 36 : (row + column) % 2)),
    ),
    classStatistics: Array.from({ length: 10 }, (_, classIndex) => ({
      labelName: `class ${classIndex}`,
      support: 40,
      ...average,
      oneVsRestAccuracy: 0.987654,
    })),
  },
};

const installation = await openInstallation();
const figures: Figure[] = [];
try {
  for (const each of cases) {
    const all = new Map<Mode, (Measured & Held)[]>(each.modes.map((mode) => [mode, []]));
    for (let round = 0; round < rounds; round++)
      for (const mode of each.modes) {
        const measured = {
          ...(await measure(installation, mode, each)),
          ...(await measureHeld(installation, mode, each)),
        };
        all.get(mode)!.push(measured);
        process.stderr.write(
          `${each.watchers} x ${each.transport} on ${each.trainings}, ${mode}: ${JSON.stringify(measured)}\n`,
        );
      }
    figures.push(...report(each, all));
  }
} finally {
  await installation.close();
}
printReport('stream', figures);

function report(
  { watchers, trainings, transport }: Case,
  all: ReadonlyMap<Mode, readonly (Measured & Held)[]>,
): Figure[] {
  const of = (mode: Mode, value: keyof (Measured & Held)): number => median(all.get(mode)!.map((each) => each[value]));
  const name = `${watchers.toLocaleString('en')} watchers of ${trainings === 1 ? 'one training' : `${trainings} trainings`}, ${transport === 'sse' ? 'server-sent events' : 'WebSocket'}`;
  const promised = watchers === 1000 && trainings === 1;
  const figure = (
    what: string,
    value: keyof (Measured & Held),
    unit: string,
    mode: Mode,
    target: number | null,
    lowerIsBetter = false,
  ): Figure => ({
    name: `${name}: ${what}`,
    value: of('ours', value),
    unit,
    reference: mode === 'raw' ? 'bare sockets' : 'Yoga and graphql-ws',
    referenceValue: of(mode, value),
    target,
    lowerIsBetter,
  });
  const memory = (what: string, value: keyof (Measured & Held), isPromised: boolean): Figure => ({
    name: `${name}: ${what}`,
    value: of('ours', value) / 1000,
    unit: 'KB a watcher',
    reference: 'promise',
    referenceValue: 25,
    target: isPromised ? 1 : null,
    lowerIsBetter: true,
  });
  const limit = transport === 'sse' ? 0.6 : 0.75;
  return [
    figure('deliveries', 'deliveriesPerSecond', 'per second', 'raw', promised ? limit : null),
    ...(all.has('plain')
      ? [figure('deliveries', 'deliveriesPerSecond', 'per second', 'plain', promised ? 4 : null)]
      : []),
    figure('CPU of the server', 'cpuMicroseconds', 'microseconds a delivery', 'raw', null, true),
    ...(all.has('plain')
      ? [figure('CPU of the server', 'cpuMicroseconds', 'microseconds a delivery', 'plain', null, true)]
      : []),
    figure('event to receipt, median', 'p50', 'ms', 'raw', null, true),
    figure('event to receipt, 99 of 100', 'p99', 'ms', 'raw', promised ? 2 : null, true),
    memory('memory held while idle', 'heldBytesPerWatcher', promised),
    memory('of it alive in V8 and its buffers', 'liveBytesPerWatcher', false),
    memory('growth of resident memory', 'residentBytesPerWatcher', false),
  ];
}
