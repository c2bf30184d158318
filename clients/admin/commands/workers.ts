import type { Command } from 'commander';
import { leaf, type Kit } from '../kit.ts';
import { queueEntries } from '../queue-entries.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { shortTime } from '../text/short-time.ts';

export function addWorkers(program: Command, kit: Kit): void {
  leaf(
    program,
    'workers',
    'pools of workers, and the base models that workers have offered; which workers are alive the API does not tell',
    ['exemplar workers'],
  ).action(
    kit.act(async ({ exemplar, output }) => {
      const [flavors, baseModels] = await Promise.all([exemplar.trainings.flavors(), exemplar.baseModels.list()]);
      output.result({ flavors, baseModels }, () => [
        ...output.table(
          ['flavor', 'name', 'device'],
          flavors.map((one) => [one.id, one.name, one.device]),
          3,
        ),
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
              ['project', 'what', 'state', 'flavor', 'since', 'starts about', 'place', 'done'],
              entries.map((one) => [
                one.project,
                one.version ?? one.kind,
                one.state,
                one.flavor ?? '',
                shortTime(one.createdAt),
                shortTime(one.expectedStartAt),
                one.position === null ? '' : String(one.position),
                one.progress ? `${one.progress.done}/${one.progress.total ?? '?'}` : '',
              ]),
              6,
            ),
      );
    }),
  );
}
