import { stat } from 'node:fs/promises';
import { buildClientSchema, getIntrospectionQuery, parse, validate, type IntrospectionQuery } from 'graphql';
import manifest from '../typescript/generated/persisted-documents.json' with { type: 'json' };
import type { Viewer } from '../typescript/index.ts';
import { queueEntries } from './queue-entries.ts';
import type { Session } from './session.ts';
import { loginPath } from './settings.ts';

export interface Finding {
  readonly check: string;
  /** `unknown`: it could not be looked at, because of what was found before. */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  readonly message: string;
  /** What to do, where something is to be done. */
  readonly advice?: string;
}

/** Signed addresses and expiry times are judged by the server's clock. */
const largestClockDifference = 5;
const patience = 10_000;
const longWait = 2 * 60_000;

/** Looks at everything that the API tells of an installation, one thing after the other; never throws for what it looks for. */
export async function* examine(session: Session): AsyncGenerator<Finding, void> {
  const { settings } = session;
  yield {
    check: 'settings',
    state: 'good',
    message: `${settings.url} (from ${settings.urlFrom}), token from ${settings.tokenFrom}`,
  };
  yield await checkFile(session);
  const [server, clock] = await checkServer(settings.url);
  yield server;
  if (server.state === 'bad') return;
  yield clock;
  yield await guarded('database', () => checkReady(settings.url));
  yield await guarded('contract', () => checkContract(session));
  const { finding, viewer } = await checkToken(session);
  yield finding;
  if (!viewer) return;
  yield await guarded('events', () => checkEvents(session));
  yield await guarded('base models', () => checkBaseModels(session));
  yield await guarded('queue', () => checkQueue(session));
}

async function guarded(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return { check, state: 'bad', message: (error as Error).message };
  }
}

async function checkFile({ environment }: Session): Promise<Finding> {
  const path = loginPath(environment);
  const info = await stat(path).catch(() => undefined);
  const check = 'login file';
  if (!info) return { check, state: 'good', message: `there is none in ${path}` };
  const isPrivate = process.platform === 'win32' || (info.mode & 0o077) === 0;
  return isPrivate
    ? { check, state: 'good', message: `${path} is readable by you alone` }
    : { check, state: 'warning', message: `others can read ${path}`, advice: `chmod 600 ${path}` };
}

async function checkServer(url: string): Promise<[server: Finding, clock: Finding]> {
  const check = 'server';
  const sentAt = Date.now();
  const answer = await fetch(`${url.replace(/\/(graphql\/?)?$/, '')}/health`, {
    signal: AbortSignal.timeout(patience),
  }).catch((error: Error) => error);
  const clock: Finding = { check: 'clock', state: 'unknown', message: 'the server does not tell its time' };
  if (answer instanceof Error) {
    const cause = answer.cause instanceof Error ? ` (${answer.cause.message})` : '';
    const advice =
      'Is the address right, and has the server been started (npm start)? A firewall or a proxy may be in between.';
    return [{ check, state: 'bad', message: `${url} does not answer: ${answer.message}${cause}`, advice }, clock];
  }
  const milliseconds = Date.now() - sentAt;
  await answer.body?.cancel();
  if (!answer.ok) {
    const advice = 'Something else than Exemplar answers there; is the address right?';
    return [{ check, state: 'bad', message: `${url} answered ${answer.status} to /health`, advice }, clock];
  }
  const date = Date.parse(answer.headers.get('date') ?? '');
  const server: Finding = { check, state: 'good', message: `${url} answers within ${milliseconds} ms` };
  return [server, Number.isFinite(date) ? judgeClock(date, sentAt + milliseconds / 2) : clock];
}

/** @param server what its clock said, to the second. @param here the same moment by our clock, ms. */
export function judgeClock(server: number, here: number): Finding {
  // The header is cut to whole seconds.
  const seconds = Math.round((here - server - 500) / 1000);
  if (Math.abs(seconds) <= largestClockDifference)
    return { check: 'clock', state: 'good', message: 'the clocks of server and client agree' };
  const message = `the clock here is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's`;
  return {
    check: 'clock',
    state: 'warning',
    message,
    advice: 'Set both by NTP: signed addresses and expiry times go by the clock.',
  };
}

async function checkReady(url: string): Promise<Finding> {
  const check = 'database';
  const answer = await fetch(`${url.replace(/\/(graphql\/?)?$/, '')}/ready`, { signal: AbortSignal.timeout(patience) });
  await answer.body?.cancel();
  if (answer.ok) return { check, state: 'good', message: 'the server reaches its database' };
  return {
    check,
    state: 'bad',
    message: `the server is not ready (${answer.status})`,
    advice: 'Its database does not answer; look at DATABASE_URL and at the log of the server.',
  };
}

/** The API tells no version; but whether it understands everything that this command may ask can be seen in its schema. */
async function checkContract({ exemplar }: Session): Promise<Finding> {
  const check = 'contract';
  const schema = buildClientSchema(await exemplar.request<IntrospectionQuery>(getIntrospectionQuery(), {}));
  const unknown = Object.values(manifest).flatMap((document) => validate(schema, parse(document)));
  if (unknown.length === 0)
    return { check, state: 'good', message: 'the server understands everything that this command may ask' };
  return {
    check,
    state: 'warning',
    message: `the server does not understand all that this command may ask: ${unknown[0]!.message}`,
    advice:
      "Server and command are of different releases; some commands will fail. Take the command of the server's release.",
  };
}

async function checkToken({ exemplar }: Session): Promise<{ readonly finding: Finding; readonly viewer?: Viewer }> {
  const check = 'token';
  const advice =
    'exemplar login, or set EXEMPLAR_TOKEN. `npm start` prints the first token once, when it makes the administrator.';
  try {
    const viewer = await exemplar.access.viewer();
    if (!viewer) return { finding: { check, state: 'bad', message: 'there is none', advice } };
    const { name, isAdministrator } = viewer.user;
    const message = `you are ${name}${isAdministrator ? ', an administrator' : ''}`;
    return { finding: { check, state: 'good', message }, viewer };
  } catch (error) {
    return { finding: { check, state: 'bad', message: (error as Error).message, advice } };
  }
}

/** Whether live events come through, which some proxies do not let pass. */
async function checkEvents({ exemplar }: Session): Promise<Finding> {
  const check = 'events';
  let project;
  for await (const one of exemplar.projects.list()) if (one.lastSequence > 0) project ??= one;
  if (!project) return { check, state: 'unknown', message: 'no project has events yet' };
  const signal = AbortSignal.timeout(patience);
  try {
    for await (const event of exemplar.watchProject(project.id, { after: project.lastSequence - 1, signal }))
      if (event) return { check, state: 'good', message: 'live events come through' };
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const advice = 'A proxy may not let WebSockets pass: try EXEMPLAR_TRANSPORT=sse, which is plain HTTP.';
  return { check, state: 'bad', message: `no event came within ${patience / 1000} s`, advice };
}

async function checkBaseModels({ exemplar }: Session): Promise<Finding> {
  const models = await exemplar.baseModels.list();
  const check = 'base models';
  if (models.length > 0) return { check, state: 'good', message: models.map(({ name }) => name).join(', ') };
  const advice = 'No worker has been there yet: start one (npm start, or npm run worker).';
  return { check, state: 'bad', message: 'no worker has offered any', advice };
}

/** Which workers live the API does not tell; that something waits while nothing runs does. */
async function checkQueue({ exemplar }: Session): Promise<Finding> {
  const check = 'queue';
  const entries = await queueEntries(exemplar);
  const waiting = entries.filter(({ state }) => state === 'QUEUED');
  const running = entries.length - waiting.length;
  const message = `${running} running, ${waiting.length} waiting (of the projects that you may see)`;
  const isStuck = running === 0 && waiting.some(({ createdAt }) => Date.now() - Date.parse(createdAt) > longWait);
  if (!isStuck) return { check, state: 'good', message };
  const advice =
    'Nothing takes what waits: is a worker of the flavor running (npm start, or npm run worker)? Its log says more.';
  return { check, state: 'bad', message, advice };
}
