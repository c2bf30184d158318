import { stat } from 'node:fs/promises';
import { buildClientSchema, getIntrospectionQuery, parse, validate, type IntrospectionQuery } from 'graphql';
import manifest from '../typescript/generated/persisted-documents.json' with { type: 'json' };
import { RequestError, type ServerInfo, type Viewer } from '../typescript/index.ts';
import {
  judgeFlavor,
  judgeRelease,
  judgeSchema,
  judgeServerClock,
  judgeStore,
  judgeWorkers,
} from './examine-installation.ts';
import { checkReady, checkServer } from './examine-server.ts';
import type { Finding } from './finding.ts';
import { queueEntries } from './queue-entries.ts';
import type { Session } from './session.ts';
import { loginPath } from './settings.ts';

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
  yield* await examineInstallation(session);
  yield await guarded('events', () => checkEvents(session));
  yield await guarded('base models', () => checkBaseModels(session));
  yield await guarded('queue', () => checkQueue(session));
}

async function examineInstallation({ exemplar }: Session): Promise<Finding[]> {
  let server: ServerInfo | undefined;
  const release = await guarded('release', async () => judgeRelease((server = await exemplar.installation.server())));
  if (!server) return [release];
  const known = server;
  return [
    release,
    ...(await guardedAll('installation', async () => {
      const health = await exemplar.installation.health();
      return [judgeSchema(known, health), judgeServerClock(health), judgeStore(known, health)];
    })),
    ...known.flavors.map(judgeFlavor),
    ...(await guardedAll('workers', async () => judgeWorkers(await exemplar.installation.workers(), known))),
  ];
}

const guarded = (check: string, look: () => Promise<Finding>): Promise<Finding> =>
  look().catch((error: unknown) => failure(check, error));

const guardedAll = (check: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> =>
  look().catch((error: unknown) => [failure(check, error)]);

function failure(check: string, error: unknown): Finding {
  if (error instanceof RequestError && error.userErrorCode === 'PERMISSION_DENIED')
    return { check, state: 'unknown', message: 'only administrators may look, with a token of the scope ADMIN' };
  return { check, state: 'bad', message: (error as Error).message };
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

/** Releases apart: whether the server understands everything that this command may ask can be seen in its schema. */
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

/** Workers may be alive and yet take nothing. */
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
