import type { Command } from 'commander';
import { orThrow, ResultError, type UserError } from '../../typescript/index.ts';
import { compareVersions } from '../compare-versions.ts';
import { describeEvaluation } from '../describe-evaluation.ts';
import { exitCodes } from '../exit-codes.ts';
import { exportModel } from '../export-model.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, number, projectOption, wholeNumber } from '../options.ts';
import { predictFiles, type PredictCommandOptions } from '../predict-files.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { formatPercent } from '../text/format-percent.ts';
import { shortTime } from '../text/short-time.ts';

interface OfProject {
  readonly project?: string;
}

export function addVersions(program: Command, kit: Kit): void {
  leaf(program, 'versions', 'the model versions of a project, newest first', ['exemplar versions -p flowers'])
    .addOption(projectOption())
    .option('--limit <count>', 'how many at most', wholeNumber(1, 1e9), 20)
    .action(
      kit.act(async ({ exemplar, output, find }, { project, limit }: OfProject & { limit: number }) => {
        const versions = await exemplar.modelVersions.list((await find.project(project)).id).toArray(limit);
        output.result(versions, () =>
          output.table(
            ['version', 'base model', 'made', 'accuracy', 'macro F1', 'images', 'size'],
            versions.map(({ name, baseModel, createdAt, evaluation, modelBytes }) => [
              name,
              baseModel,
              shortTime(createdAt),
              formatPercent(evaluation.accuracy),
              formatPercent(evaluation.macro.f1),
              String(evaluation.imageCount),
              formatBytes(modelBytes),
            ]),
            3,
          ),
        );
      }),
    );
  leaf(
    program,
    'evaluate',
    'how good a version is: every class, the confusion matrix, how far the figures can be trusted',
    [
      'exemplar evaluate V002 -p flowers',
      'exemplar evaluate -p flowers --split test',
      'exemplar evaluate V002 -p flowers --precision 0.99   # from which confidence on 99 % are right',
    ],
  )
    .argument('[version]', 'V002 or id; left out = the newest')
    .addOption(projectOption())
    .addOption(enumOption('--split <side>', 'default: validation', ['VALIDATION', 'TEST']))
    .option('--precision <share>', 'also the lowest confidence from which on this share is right', number(0, 1))
    .action(
      kit.act(
        async (
          { exemplar, output, find },
          asked: string | undefined,
          { project, split, precision }: OfProject & { split?: 'VALIDATION' | 'TEST'; precision?: number },
        ) => {
          const { id, name } = await find.version((await find.project(project)).id, asked);
          const evaluation = await (split === 'TEST'
            ? exemplar.modelVersions.testEvaluation(id)
            : exemplar.modelVersions.evaluation(id));
          if (!evaluation) throw nothingTested(name);
          const point = precision === undefined ? undefined : await exemplar.modelVersions.thresholdFor(id, precision);
          output.result({ modelVersion: name, ...evaluation, ...(point !== undefined && { threshold: point }) }, () => [
            output.bold(`Model version ${name}`),
            ...describeEvaluation(evaluation, output),
            ...(point === undefined
              ? []
              : [
                  '',
                  point
                    ? `from a confidence of ${point.threshold.toFixed(3)} on ${formatPercent(point.precision ?? 0)} are right; that decides ${formatPercent(point.coverage)} of the images`
                    : `no confidence from which on ${formatPercent(precision!)} are right`,
                ]),
          ]);
        },
      ),
    );
  leaf(program, 'compare', 'two versions side by side: headline, classes, data and settings', [
    'exemplar compare V001 V002 -p flowers',
  ])
    .argument('<before>', 'V001 or id')
    .argument('<after>', 'V002 or id')
    .addOption(projectOption())
    .action(
      kit.act(async (session, before: string, after: string, { project }: OfProject) =>
        compareVersions(session, (await session.find.project(project)).id, before, after),
      ),
    );
  leaf(program, 'verify', 'count the evaluation of a version again from its stored answers, and ask its file', [
    'exemplar verify V002 -p flowers --from-file',
  ])
    .argument('[version]', 'V002 or id; left out = the newest')
    .addOption(projectOption())
    .option('--from-file', 'also ask the model file about up to 100 images')
    .action(
      kit.act(
        async ({ exemplar, output, find }, asked: string | undefined, options: OfProject & { fromFile?: boolean }) => {
          const { id, name } = await find.version((await find.project(options.project)).id, asked);
          const found = await orThrow(exemplar.modelVersions.verify(id, { fromFile: options.fromFile }));
          const { isEqual, imageCount, differences, file } = found;
          const isRight = isEqual && (file === null || (file.isUnchanged && file.isWithinTolerance));
          output.result(found, () => [
            isEqual
              ? output.good(`${name}: counted again from ${imageCount} answers, all figures are equal`)
              : output.bad(`${name}: figures differ`),
            ...differences.map(
              ({ figure, stored, found }) => `  ${figure}: stored ${stored ?? 'nothing'}, found ${found ?? 'nothing'}`,
            ),
            ...(file
              ? [
                  file.isUnchanged
                    ? `the file is unchanged; of ${file.imageCount} images its answers are off by ${file.largestDifference.toExponential(1)} at most`
                    : output.bad('the file is not the one that the training left'),
                ]
              : []),
          ]);
          return isRight ? exitCodes.done : exitCodes.unhealthy;
        },
      ),
    );
  leaf(program, 'predict', 'what a version or a deployment says to pictures', [
    'exemplar predict a.jpg b.jpg -p flowers',
    'exemplar predict new/ -p flowers --version V001 --top 3',
    'exemplar predict a.jpg --deployment sorting-belt --json',
  ])
    .argument('<files...>', 'pictures, or folders of pictures')
    .addOption(projectOption())
    .option('--version <version>', 'V001 or id; left out = the newest')
    .option('--deployment <name>', 'ask this prediction service instead')
    .option('--top <count>', 'how many classes, the most probable first', wholeNumber(1, 1000), 3)
    .action(
      kit.act((session, files: readonly string[], options: PredictCommandOptions) =>
        predictFiles(session, files, options),
      ),
    );
  leaf(
    program,
    'export',
    'take a model away: a ZIP with the ONNX file, its classes and examples, or the ONNX file alone',
    ['exemplar export V002 -p flowers', 'exemplar export V002 -p flowers --onnx --out flowers.onnx'],
  )
    .argument('[version]', 'V002 or id; left out = the newest')
    .addOption(projectOption())
    .option('--onnx', 'the ONNX file alone, at once')
    .option('--out <file>', 'where to; default: PROJECT-V002.zip or .onnx')
    .action(
      kit.act((session, asked: string | undefined, options: OfProject & { onnx?: boolean; out?: string }) =>
        exportModel(session, asked, options),
      ),
    );
}

const nothingTested = (name: string): ResultError =>
  new ResultError({
    code: 'NOT_FOUND',
    message: `${name} has no evaluation of that split: train with --test-ratio to hold images out.`,
  } as UserError);
