import type { Command } from 'commander';
import { orThrow } from '../../typescript/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { sayImport } from '../import-images.ts';
import { leaf, type Kit } from '../kit.ts';
import { projectOption, wholeNumber } from '../options.ts';
import type { Session } from '../session.ts';
import { watchTraining } from '../watch-training.ts';
import { endOfTransfer, watchTransfer } from '../watch-transfer.ts';

interface OfProject {
  readonly project?: string;
}

const isTransfer = (asked: string | undefined): asked is string =>
  /^(ImageImport|DatasetExport|ModelExport)_/.test(asked ?? '');

export function addRunning(program: Command, kit: Kit): void {
  leaf(program, 'watch', 'show a training, import or export until it has ended', [
    'exemplar watch -p flowers               # the newest training',
    'exemplar watch V003 -p flowers --json   # a JSON line for each event',
  ])
    .argument('[what]', 'V003, or the id of a training, import or export; left out = the newest training')
    .addOption(projectOption())
    .option('--after <sequence>', 'only events after this one', wholeNumber(0, 2 ** 31 - 1), 0)
    .action(
      kit.act(async (session, asked: string | undefined, { project, after }: OfProject & { after: number }) => {
        if (!isTransfer(asked)) return watchTraining(session, await findTraining(session, asked, project), after);
        const transfer = await session.exemplar.transfers.get(asked);
        if (!transfer) return missing(session, asked);
        const ended = await watchTransfer(session, transfer);
        if (ended.__typename === 'ImageImport') return sayImport(session, ended, ended.project.name);
        session.output.result(ended, () => [`${ended.id}: ${ended.state}`]);
        return endOfTransfer(session, ended);
      }),
    );
  leaf(program, 'stop', 'end a training early and keep its best model', ['exemplar stop V003 -p flowers'])
    .argument('[training]', 'V003 or id; left out = the newest')
    .addOption(projectOption())
    .action(
      kit.act(async (session, asked: string | undefined, { project }: OfProject) => {
        const { id, versionName } = await findTraining(session, asked, project);
        const training = await orThrow(session.exemplar.trainings.stop(id));
        session.output.result(training, () => [
          training.state === 'CANCELLED'
            ? `${versionName} had not begun: it is cancelled.`
            : `${versionName} stops as soon as it can, with the best model so far.`,
        ]);
      }),
    );
  leaf(program, 'cancel', 'end a training without a model, or an import or export', [
    'exemplar cancel V003 -p flowers',
    'exemplar cancel ImageImport_0198f000-0000-7000-8000-000000000000',
  ])
    .argument('<what>', 'V003, or the id of a training, import or export')
    .addOption(projectOption())
    .action(
      kit.act(async (session, asked: string, { project }: OfProject) => {
        const { exemplar, output } = session;
        if (isTransfer(asked)) {
          const { transfer } = await orThrow(exemplar.transfers.cancel(asked));
          output.result(transfer, () => [`It is cancelled. What an import has brought until now stays.`]);
          return;
        }
        const { id, versionName } = await findTraining(session, asked, project);
        const training = await orThrow(exemplar.trainings.cancel(id));
        output.result(training, () => [`${versionName} is cancelled.`]);
      }),
    );
}

/** An id needs no project. */
async function findTraining({ exemplar, find }: Session, asked: string | undefined, project: string | undefined) {
  const byId = asked?.startsWith('Training_') ? await exemplar.trainings.get(asked) : null;
  return byId ?? find.training((await find.project(project)).id, asked);
}

function missing({ output }: Session, asked: string) {
  output.note(`There is no ${asked}, or you may not see it.`);
  return exitCodes.notFound;
}
