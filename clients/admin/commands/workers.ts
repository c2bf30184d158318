import type { Command } from 'commander';
import type { Training, Worker } from '../../typescript/index.ts';
import { describeWait } from '../describe-wait.ts';
import { describeSpeeds } from '../examine-installation.ts';
import { leaf, type Kit } from '../kit.ts';
import type { Output } from '../output.ts';
import { queueEntries } from '../queue-entries.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { shortTime } from '../text/short-time.ts';

const waits: Readonly<Record<NonNullable<Training['waitingFor']>, string>> = {
  NO_WORKER: 'a worker',
  WORKERS_BUSY: 'its turn',
  FLAVOR_FULL: 'its turn (flavor full)',
  NEXT_LOOK: 'nothing',
};

const workerTable = (output: Output, workers: readonly Worker[]): string[] =>
  output.table(
    ['worker', 'state', 'flavors', 'speed', 'Exemplar', 'Node', 'ONNX Runtime', 'since', 'last heard of', 'works on'],
    workers.map((one) => [
      `${one.host}:${one.processId}`,
      one.isLive ? 'alive' : 'lost',
      one.flavors.join(', ') || (one.unusableDevices === null ? 'tries its device' : 'none: exemplar doctor'),
      describeSpeeds(one.devices),
      one.exemplarVersion,
      one.nodeVersion,
      one.onnxRuntimeVersion,
      shortTime(one.startedAt),
      shortTime(one.heartbeatAt),
      one.runningTrainings.map(({ projectName, versionName }) => `${projectName} ${versionName}`).join(', '),
    ]),
    10,
  );

export function addWorkers(program: Command, kit: Kit): void {
  leaf(
    program,
    'workers',
    'pools of workers and how they stand, for administrators each worker, and the base models that they have offered',
    ['exemplar workers'],
  ).action(
    kit.act(async ({ exemplar, output }) => {
      const [viewer, flavors, baseModels] = await Promise.all([
        exemplar.access.viewer(),
        exemplar.trainings.flavors(),
        exemplar.baseModels.list(),
      ]);
      const workers = viewer?.user.isAdministrator ? await exemplar.installation.workers() : null;
      output.result({ flavors, workers, baseModels }, () => [
        ...output.table(
          ['flavor', 'name', 'device', 'a new training starts', 'alive', 'running', 'waiting', 'at most'],
          flavors.map((one) => [
            one.id,
            one.name,
            one.device,
            describeWait(one),
            String(one.liveWorkers),
            String(one.runningTrainings),
            String(one.queueLength),
            one.maxParallel === null ? '' : String(one.maxParallel),
          ]),
          4,
        ),
        ...(workers === null ? [] : ['', ...workerTable(output, workers)]),
        '',
        ...output.table(
          ['base model', 'source', 'licence', 'last offered', 'trains', 'size'],
          baseModels.map((one) => [
            one.name,
            one.source,
            one.licence,
            shortTime(one.offeredAt),
            one.trainable,
            formatBytes(one.bytes),
          ]),
          5,
        ),
      ]);
    }),
  );
  leaf(program, 'queue', 'trainings, imports and exports that have not ended, of all projects that you may see', [
    'exemplar queue',
    'exemplar queue --json | jq length',
  ]).action(
    kit.act(async ({ exemplar, output }) => {
      const entries = await queueEntries(exemplar);
      output.result(entries, () =>
        entries.length === 0
          ? ['Nothing waits and nothing runs.']
          : output.table(
              ['project', 'what', 'state', 'flavor', 'since', 'waits for', 'starts about', 'place', 'done'],
              entries.map((one) => [
                one.project,
                one.version ?? one.kind,
                one.state,
                one.flavor ?? '',
                shortTime(one.createdAt),
                one.waitingFor === null ? '' : waits[one.waitingFor],
                shortTime(one.expectedStartAt),
                one.position === null ? '' : String(one.position),
                one.progress ? `${one.progress.done}/${one.progress.total ?? '?'}` : '',
              ]),
              7,
            ),
      );
    }),
  );
}
