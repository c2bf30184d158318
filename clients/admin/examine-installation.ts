import command from './package.json' with { type: 'json' };
import type { InstallationHealth, ServerInfo, TrainingFlavor, Worker } from '../typescript/index.ts';
import type { Finding } from './finding.ts';
import { describeWait } from './describe-wait.ts';
import { shortTime } from './text/short-time.ts';

/** Trainings are given until a time by the clock of their worker, and signed addresses by that of the server. */
const largestClockDifference = 5000;
const gib = 2 ** 30;

/** Whether the server is of the release of this command. */
export function judgeRelease({ version, nodeVersion }: ServerInfo): Finding {
  const check = 'release';
  const message = `the server is Exemplar ${version} on Node ${nodeVersion}`;
  if (version === command.version) return { check, state: 'good', message };
  const advice = "Take the command of the server's release; others may fail in parts.";
  return { check, state: 'warning', message: `${message}; this command is of ${command.version}`, advice };
}

export function judgeSchema({ schemaRevision }: ServerInfo, { database }: InstallationHealth): Finding {
  const check = 'schema';
  if (database.schemaRevision === schemaRevision)
    return { check, state: 'good', message: `PostgreSQL ${database.version} at ${schemaRevision}` };
  const has = database.schemaRevision ?? 'a revision that the server does not know';
  const message = `the database is at ${has}, the server expects ${schemaRevision}`;
  return database.schemaRevision === null
    ? { check, state: 'warning', message, advice: 'A newer server has migrated it: bring all servers to its release.' }
    : { check, state: 'bad', message, advice: 'Migrate it: npm run db:migrate, or start a server anew.' };
}

export function judgeServerClock({ database }: InstallationHealth): Finding {
  const check = 'server clock';
  const finding = clockFinding(check, 'the server', database.clockOffsetMilliseconds);
  return finding ?? { check, state: 'good', message: 'the clocks of server and database agree' };
}

export function judgeStore({ objectStore }: ServerInfo, { objectStoreTrial }: InstallationHealth): Finding {
  const check = 'store';
  const place = objectStore === 'BUCKET' ? 'a bucket' : 'a folder';
  const { problem, milliseconds } = objectStoreTrial;
  if (problem === null)
    return { check, state: 'good', message: `${place}: an object was written, read and deleted in ${milliseconds} ms` };
  const advice =
    objectStore === 'BUCKET'
      ? 'Is the store up, and are EXEMPLAR_S3_ENDPOINT, its keys and the bucket right?'
      : 'Is the disk of EXEMPLAR_DATA full or gone, or may the server not write there?';
  return { check, state: 'bad', message: `${place}: ${problem}`, advice };
}

/** Whether what is started would be taken. */
export function judgeFlavor(flavor: TrainingFlavor): Finding {
  const { id, liveWorkers, runningTrainings, queueLength } = flavor;
  const check = `flavor ${id}`;
  if (liveWorkers > 0) {
    const counts = `${counted(liveWorkers, 'worker')} alive, ${counted(runningTrainings, 'training')} running, ${queueLength} waiting`;
    return { check, state: 'good', message: `${counts}; a new one would start ${describeWait(flavor)}` };
  }
  const advice = `Start one: EXEMPLAR_WORKER_FLAVOR=${id} npm run worker (npm start brings one of the first flavor).`;
  return queueLength > 0
    ? {
        check,
        state: 'bad',
        message: `no worker is alive, and ${counted(queueLength, 'training')} ${queueLength === 1 ? 'waits' : 'wait'} for one`,
        advice,
      }
    : { check, state: 'warning', message: 'no worker is alive: a training would wait', advice };
}

/** One finding for everything that is wrong with a worker, or one that nothing is. */
export function judgeWorkers(workers: readonly Worker[], server: ServerInfo): Finding[] {
  const problems = workers.flatMap((worker) => {
    const check = `${worker.host}:${worker.processId}`;
    if (!worker.isLive)
      return [
        {
          check,
          state: 'warning',
          message: `was last heard of at ${shortTime(worker.heartbeatAt)}`,
          advice: 'It was killed, or its machine or network is gone: see its log. It is forgotten after a day.',
        } satisfies Finding,
      ];
    return [
      versionFinding(check, worker, server),
      clockFinding(check, 'the worker', worker.clockOffsetMilliseconds),
      deviceFinding(check, worker, server),
      ...server.flavors
        .filter(({ id }) => worker.flavors.includes(id))
        .map((one) => machineFinding(check, worker, one)),
    ].filter((finding) => finding !== undefined);
  });
  if (problems.length > 0) return problems;
  const speeds = workers.map(({ host, devices }) => `${host} ${describeSpeeds(devices)}`);
  return [{ check: 'workers', state: 'good', message: speeds.join('; ') || 'none' }];
}

/** Such as `CPU 97 GFLOP/s`. */
export const describeSpeeds = (devices: Worker['devices']): string =>
  devices === null
    ? 'not measured yet'
    : devices.map(({ device, gigaflops }) => `${device} ${Math.round(gigaflops)} GFLOP/s`).join(', ');

function versionFinding(check: string, { exemplarVersion }: Worker, { version }: ServerInfo): Finding | undefined {
  if (exemplarVersion === version) return undefined;
  const message = `is of Exemplar ${exemplarVersion}, the server of ${version}`;
  return {
    check,
    state: 'warning',
    message,
    advice: 'Bring both to one release; one apart is meant for upgrades only.',
  };
}

/** @param milliseconds by which it is ahead of the database, its way there included. */
function clockFinding(check: string, who: string, milliseconds: number): Finding | undefined {
  if (Math.abs(milliseconds) <= largestClockDifference) return undefined;
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const message = `the clock of ${who} is ${seconds} s ${milliseconds > 0 ? 'ahead of' : 'behind'} the database's`;
  return { check, state: 'bad', message, advice: 'Set all clocks by NTP: times given to trainings go by them.' };
}

/** A worker that has found its flavor's device unfit: it does not say which flavor that was. */
function deviceFinding(check: string, { flavors, unusableDevices }: Worker, server: ServerInfo): Finding | undefined {
  if (flavors.length > 0 || unusableDevices === null) return undefined;
  const reasons = unusableDevices
    .filter(({ device }) => server.flavors.some((flavor) => flavor.device === device))
    .map(({ device, fault, message }) => `${device} is ${fault}: ${message}`);
  return {
    check,
    state: 'bad',
    message: `takes no trainings. ${reasons.join(' ')}`.trim(),
    advice: 'Is the driver there, and the CUDA build (docs/production.md)? Then start the worker again.',
  };
}

function machineFinding(check: string, worker: Worker, { id, memoryGib }: TrainingFlavor): Finding | undefined {
  if (memoryGib === null || worker.memoryBytes >= memoryGib * gib) return undefined;
  const message = `has ${(worker.memoryBytes / gib).toFixed(1)} GiB of memory; flavor ${id} says ${memoryGib}`;
  return { check, state: 'warning', message, advice: 'Give it more, or say what it has in EXEMPLAR_FLAVORS.' };
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
