import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { startRole } from '../local/role-process.ts';
import { labellingQuery, labellingVariables, readingCases, type ApiCase, type Place } from './api/cases.ts';
import { closedLoop, once as askOnce, type Load, type Target } from './api/closed-loop.ts';
import { makeProject, type MadeProject } from './browse/make-project.ts';
import { printReport, type Figure } from './report.ts';

/*
 * The API over HTTP, a server as a process of its own, beside the same answers written by hand with postgres.js and JSON over node:http: in turns, in
 * one run, on the same data, with the same number of connections to PostgreSQL.
 *   npm run bench:api -- --size 20000 --seconds 2 --rounds 5 --in-flight 32
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    'in-flight': { type: 'string', default: '32' },
    /** Only cases whose name holds this. */
    only: { type: 'string', default: '' },
    /** Folder for a CPU profile of the server. */
    profile: { type: 'string' },
    /** Prints one answer of each. */
    show: { type: 'boolean', default: false },
  },
});
const inFlight = Number(values['in-flight']);
const milliseconds = Number(values.seconds) * 1000;
const connections = 8;
const targets = { throughput: 0.6, p99: 1.5, bulk: 3 };

const folder = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
await chmod(folder, 0o755);
const figures: Figure[] = [];
const postgresServer = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
try {
  const server = await startRole('server', {
    DATABASE_URL: postgresServer.url,
    EXEMPLAR_DATA: folder,
    EXEMPLAR_PORT: '0',
    EXEMPLAR_LOG_LEVEL: 'error',
    EXEMPLAR_DATABASE_CONNECTIONS: String(connections),
    // Counted as ever, but one token asks more here than it may in a minute.
    EXEMPLAR_RATE_REQUESTS: '100000000',
    EXEMPLAR_RATE_COST: '100000000000',
    ...(values.profile && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` }),
  });
  const ourUrl = server.ready['url'] as string;
  const token = server.ready['firstToken'] as string;
  const raw = await startRaw(ourUrl);
  const plain = postgres(postgresServer.url, { max: 1, onnotice: () => {} });
  try {
    const [user] = await plain<{ id: string }[]>`select id from app_user`;
    const [other] = await plain<{ id: string }[]>`insert into app_user (name) values ('second') returning id`;
    const project = await makeProject(plain, Number(values.size), [user!.id, other!.id]);
    await plain`vacuum analyze`;
    const sides = { ours: { url: ourUrl, pid: server.pid }, raw, token };
    for (const each of readingCases) if (each.name.includes(values.only)) await measureReading(each, project, sides);
    await measureLabelling(project, sides, plain);
  } finally {
    await plain.end();
    await raw.stop();
    await server.stop();
  }
} finally {
  await postgresServer.stop();
  await rm(folder, { recursive: true, force: true });
}
printReport('api', figures);

interface Sides {
  readonly ours: { readonly url: string; readonly pid: number };
  readonly raw: { readonly url: string; readonly pid: number };
  readonly token: string;
}

async function startRaw(ourUrl: string) {
  const child = fork(fileURLToPath(new URL('./api/raw-server.ts', import.meta.url)), [], {
    env: { ...process.env, DATABASE_URL: postgresServer.url, CONNECTIONS: String(connections), OUR_URL: ourUrl },
  });
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return {
    url: message.url,
    pid: child.pid!,
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** In turns: ours, by hand with the access token looked up, by hand without. */
async function measureReading({ name, route, query, variablesOf }: ApiCase, project: MadeProject, sides: Sides) {
  const place = (): Place => {
    const { id } = pick(project.samples);
    return { projectId: project.projectId, imageId: id, labelId: pick(project.labelIds) };
  };
  const authorization = `Bearer ${sides.token}`;
  const byHand = { url: sides.raw.url, path: route, bodyOf: () => rawBody(variablesOf(place())) };
  const ours: Target = {
    url: sides.ours.url,
    path: '/graphql',
    headers: { authorization },
    bodyOf: () => JSON.stringify({ query, variables: variablesOf(place()) }),
  };
  const checked: Target = { ...byHand, headers: { authorization, 'x-bench-token': '1' } };
  const open: Target = { ...byHand, headers: {} };
  if (values.show) for (const each of [ours, open]) process.stderr.write(`${await askOnce(each)}\n\n`);
  const sums = await inTurns([
    { target: ours, pid: sides.ours.pid },
    { target: checked, pid: sides.raw.pid },
    { target: open, pid: sides.raw.pid },
  ]);
  const [our, checkedSum, openSum] = sums as [Sum, Sum, Sum];
  const add = (what: string, unit: string, of: (sum: Sum) => number, target: number | null, lowerIsBetter: boolean) => {
    const value = of(our);
    const common = { name: `${name}: ${what}`, value, unit, lowerIsBetter };
    figures.push(
      { ...common, reference: 'by hand, access token looked up', referenceValue: of(checkedSum), target },
      { ...common, reference: 'by hand, open to everyone', referenceValue: of(openSum), target: null },
    );
  };
  add('requests answered', 'requests/s', (sum) => sum.rate, targets.throughput, false);
  add('p50', 'ms', (sum) => sum.p50, null, true);
  add('p99', 'ms', (sum) => sum.p99, targets.p99, true);
  add('CPU of the server', 'us/request', (sum) => sum.cpu, null, true);
  report(name, sums);
}

/** The body of the hand-written server: bare ids. */
function rawBody(variables: Record<string, unknown>): string {
  return JSON.stringify({ ...variables, id: String(variables['id']).replace(/^\w+_/, '') });
}

/** One image at a time, many at once: for the curious. A thousand images, one call after the other: beside one UPDATE. */
async function measureLabelling(project: MadeProject, sides: Sides, plain: postgres.Sql) {
  const { projectId, labelIds } = project;
  const rows = await plain<{ id: string }[]>`
    select id from image where project_id = ${projectId} and is_labelled order by id limit 1000`;
  const thousand = rows.map(({ id }) => id);
  let turn = 0;
  const target = (side: 'ours' | 'raw', images: () => string[]): Target => {
    const labelId = () => labelIds[turn++ % labelIds.length]!;
    const headers = { authorization: `Bearer ${sides.token}`, 'x-bench-token': '1' };
    return side === 'ours'
      ? {
          url: sides.ours.url,
          path: '/graphql',
          headers,
          bodyOf: () =>
            JSON.stringify({ query: labellingQuery, variables: labellingVariables(projectId, images(), labelId()) }),
        }
      : {
          url: sides.raw.url,
          path: '/label',
          headers,
          bodyOf: () => JSON.stringify({ imageIds: images(), labelId: labelId() }),
        };
  };
  for (const [name, images, at, promised] of [
    ['label an image', () => [pick(thousand)], inFlight, null],
    ['label 1,000 images', () => thousand, 1, targets.bulk],
  ] as const) {
    if (!name.includes(values.only)) continue;
    const sums = await inTurns(
      [
        { target: target('ours', images), pid: sides.ours.pid },
        { target: target('raw', images), pid: sides.raw.pid },
      ],
      at,
    );
    const [our, raw] = sums as [Sum, Sum];
    const reference = 'one set-based UPDATE of the same annotations, over HTTP';
    for (const [what, of, bound] of [
      ['p50', ({ p50 }: Sum) => p50, promised],
      ['p99', ({ p99 }: Sum) => p99, null],
    ] as const)
      figures.push({
        name: `${name}: ${what}`,
        value: of(our),
        unit: 'ms',
        reference,
        referenceValue: of(raw),
        target: bound,
        lowerIsBetter: true,
      });
    report(name, sums);
  }
}

/** Medians of the rounds: what comes between, of a machine that others share, is in few of them. */
interface Sum {
  /** A second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds a request. */
  readonly cpu: number;
}

/** One short turn of each to warm up, then rounds. */
async function inTurns(sides: readonly { target: Target; pid: number }[], at = inFlight): Promise<Sum[]> {
  for (const { target } of sides) await closedLoop(target, at, milliseconds / 2);
  const loads = sides.map(() => [] as (Load & { cpu: number })[]);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [index, { target, pid }] of sides.entries()) {
      const before = cpuMicroseconds(pid);
      const load = await closedLoop(target, at, milliseconds);
      loads[index]!.push({ ...load, cpu: (cpuMicroseconds(pid) - before) / load.latencies.length });
    }
  const medianOf = <T>(rounds: readonly T[], of: (round: T) => number) => quantile(rounds.map(of), 0.5);
  return loads.map((rounds) => ({
    rate: medianOf(rounds, ({ requestsPerSecond }) => requestsPerSecond),
    p50: medianOf(rounds, ({ latencies }) => quantile(latencies, 0.5)),
    p99: medianOf(rounds, ({ latencies }) => quantile(latencies, 0.99)),
    cpu: medianOf(rounds, ({ cpu }) => cpu),
  }));
}

/** User and system time of a process, in steps of 10 ms. Not a number where there is no /proc. */
function cpuMicroseconds(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}

function report(name: string, sums: readonly Sum[]): void {
  const show = (of: (sum: Sum) => number, digits = 0) =>
    sums.map((sum) => of(sum).toFixed(digits).padStart(8)).join('');
  const ratios = sums
    .slice(1)
    .map((sum) => (sums[0]!.rate / sum.rate).toFixed(2))
    .join(' ');
  process.stderr.write(
    `${name.padEnd(38)} requests/s${show((sum) => sum.rate)}  (${ratios})  p50${show((sum) => sum.p50, 1)}  p99${show((sum) => sum.p99, 1)}  CPU us${show((sum) => sum.cpu)}\n`,
  );
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
