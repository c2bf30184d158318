import type { Command } from 'commander';
import { orThrow, type TrainingConfigInput, type TrainingReadiness } from '../../typescript/index.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Finder } from '../finder.ts';
import { leaf, type Kit } from '../kit.ts';
import { addConfigOptions, projectOption, wholeNumber, type ConfigOptions } from '../options.ts';
import type { Output } from '../output.ts';
import { shortTime } from '../text/short-time.ts';
import { watchTraining } from '../watch-training.ts';

interface OfProject {
  readonly project?: string;
}

export function addTrainings(program: Command, kit: Kit): void {
  addConfigOptions(
    leaf(program, 'ready', 'whether a training could start, the exact split, and what could be better', [
      'exemplar ready -p flowers',
      'exemplar ready -p flowers --test-ratio 0.2 --json | jq .isReady',
    ]).addOption(projectOption()),
  ).action(
    kit.act(async ({ exemplar, output, find }, { project, ...options }: OfProject & ConfigOptions) => {
      const { id } = await find.project(project);
      const config = await configOf(options, id, find);
      const readiness = (await exemplar.readiness.check(id, { config, datasetVersionName: options.datasetVersion }))!;
      output.result(readiness, () => describeReadiness(readiness, output));
      return readiness.isReady ? exitCodes.done : exitCodes.refused;
    }),
  );
  addConfigOptions(
    leaf(program, 'train', 'start a training on the labels as they are', [
      'exemplar train -p flowers --watch',
      'exemplar train -p flowers --preference accuracy-first --max-duration-minutes 120',
      'exemplar train -p flowers --base-version V001 --json',
    ]).addOption(projectOption()),
  )
    .option('--save', "keep these options as the project's defaults")
    .option('--watch', 'show it until it has ended; Ctrl-C leaves it alone')
    .action(
      kit.act(
        async (
          session,
          { project, save, watch, ...options }: OfProject & ConfigOptions & { save?: boolean; watch?: boolean },
        ) => {
          const { exemplar, output, find } = session;
          const { id: projectId, name } = await find.project(project);
          const config = await configOf(options, projectId, find);
          if (save) await orThrow(exemplar.trainings.updateConfig(projectId, config));
          const training = await orThrow(
            exemplar.trainings.start({ projectId, config, datasetVersionName: options.datasetVersion }),
          );
          const { versionName, datasetVersion, id } = training;
          if (watch) {
            output.line(`${name}: training ${versionName} on dataset version ${datasetVersion.name}`);
            return watchTraining(session, training);
          }
          output.result(training, () => [
            `${name}: training ${versionName} on dataset version ${datasetVersion.name} has started.`,
            `To see it: exemplar watch ${versionName} -p ${name}   (${id})`,
          ]);
          return exitCodes.done;
        },
      ),
    );
  leaf(program, 'trainings', 'the trainings of a project, newest first', ['exemplar trainings -p flowers'])
    .addOption(projectOption())
    .option('--limit <count>', 'how many at most', wholeNumber(1, 1e9), 20)
    .action(
      kit.act(async ({ exemplar, output, find }, { project, limit }: OfProject & { limit: number }) => {
        const trainings = await exemplar.trainings.list((await find.project(project)).id).toArray(limit);
        output.result(trainings, () =>
          output.table(
            ['version', 'state', 'preference', 'dataset', 'started', 'ended', 'id'],
            trainings.map((one) => [
              one.versionName,
              one.state + (one.stopReason ? ` (${one.stopReason})` : ''),
              one.config.preference,
              one.datasetVersion.name,
              shortTime(one.startedAt),
              shortTime(one.finishedAt),
              one.id,
            ]),
            7,
          ),
        );
      }),
    );
}

/** What the API takes of the options; what is left out is as saved. */
async function configOf(options: ConfigOptions, projectId: string, find: Finder): Promise<TrainingConfigInput> {
  const { baseVersion, baseModel, preference, maxDurationMinutes, trainRatio, testRatio, seed, flavor } = options;
  return {
    preference,
    maxDurationMinutes,
    trainRatio,
    testRatio,
    seed,
    flavor,
    baseModel: baseModel === 'none' ? null : baseModel,
    baseVersionId:
      baseVersion === undefined
        ? undefined
        : baseVersion === 'none'
          ? null
          : (await find.version(projectId, baseVersion)).id,
  };
}

function describeReadiness(readiness: TrainingReadiness, output: Output): string[] {
  const { isReady, blockers, warnings, split, datasetVersionName, config } = readiness;
  return [
    isReady
      ? output.good(
          `Ready: ${config.preference}, at most ${config.maxDurationMinutes} min, dataset version ${datasetVersionName}`,
        )
      : output.bad('Not ready'),
    ...blockers.map(({ message }) => `  ${message}`),
    ...warnings.map(({ message }) => output.warning(`  ${message}`)),
    '',
    ...output.table(
      ['label', 'train', 'validation', 'test'],
      split.map((one) => [one.name, String(one.trainCount), String(one.validationCount), String(one.testCount)]),
    ),
  ];
}
