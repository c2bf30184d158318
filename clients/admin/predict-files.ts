import { hasMistake, ResultError } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { expandPaths, type FoundFile } from './find-files.ts';
import type { Session } from './session.ts';
import { formatPercent } from './text/format-percent.ts';

export interface PredictCommandOptions {
  readonly project?: string;
  readonly version?: string;
  readonly deployment?: string;
  readonly top: number;
}

interface Answer {
  readonly file: string;
  readonly modelVersion: string;
  readonly predictedLabel: string;
  readonly predictedLabels: readonly string[];
  readonly scores: readonly { readonly label: string; readonly probability: number }[];
  /** Whether it shows nothing that was trained on; null where the model cannot tell. */
  readonly isUnfamiliar?: boolean | null;
  readonly decision?: string;
}

interface Refusal {
  readonly file: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** A line for each picture, as soon as it is answered; with --json a JSON line. */
export async function predictFiles(
  session: Session,
  paths: readonly string[],
  options: PredictCommandOptions,
): Promise<ExitCode> {
  const { output } = session;
  let exitCode: ExitCode = exitCodes.done;
  const answers = options.deployment === undefined ? askVersion : askDeployment;
  for await (const answer of answers(session, expandPaths(paths), options)) {
    if ('error' in answer) exitCode = exitCodes.partial;
    output.event(
      answer,
      'error' in answer ? output.warning(`${answer.file}: ${answer.error.message}`) : describe(answer),
    );
  }
  return exitCode;
}

function describe({ file, predictedLabels, scores, isUnfamiliar, decision }: Answer): string {
  const said = predictedLabels.join(', ') || 'nothing';
  const best = scores.map(({ label, probability }) => `${label} ${formatPercent(probability)}`).join(', ');
  return `${file}: ${said}   ${best}${isUnfamiliar ? '   unlike all that was trained on' : ''}${decision ? `   ${decision}` : ''}`;
}

async function* askVersion(
  { exemplar, find }: Session,
  files: AsyncIterable<FoundFile>,
  { project, version, top }: PredictCommandOptions,
): AsyncGenerator<Answer | Refusal, void> {
  const { id: projectId } = await find.project(project);
  const { id: modelVersionId, name } = await find.version(projectId, version);
  for await (const { path } of files) {
    const result = await exemplar.predictions.predictFile({ projectId, modelVersionId }, path, { scores: top });
    if (hasMistake(result)) {
      // What is wrong with the picture touches no other; what is wrong with us touches all.
      if (result.code !== 'PICTURE_REFUSED' && result.code !== 'VALIDATION_FAILED') throw new ResultError(result);
      yield { file: path, error: { code: result.code, message: result.message } };
      continue;
    }
    const { predictedLabel, predictedLabels, scores, isUnfamiliar } = result;
    yield {
      file: path,
      modelVersion: name,
      predictedLabel,
      predictedLabels,
      scores: scores.map(({ labelName, probability }) => ({ label: labelName, probability })),
      isUnfamiliar,
    };
  }
}

const picturesOfCall = 16;

async function* askDeployment(
  { exemplar }: Session,
  files: AsyncIterable<FoundFile>,
  { deployment, top }: PredictCommandOptions,
): AsyncGenerator<Answer | Refusal, void> {
  let batch: FoundFile[] = [];
  const ask = async function* (): AsyncGenerator<Answer | Refusal, void> {
    const { modelVersion, results } = await exemplar.deployments.predict(
      deployment!,
      batch.map(({ path }) => path),
      { scores: top },
    );
    for (const [index, result] of results.entries()) {
      const file = batch[index]!.path;
      if ('error' in result) yield { file, error: result.error };
      else {
        const { predictedLabel, predictedLabels, scores, decision } = result;
        yield { file, modelVersion: modelVersion.versionName, predictedLabel, predictedLabels, scores, decision };
      }
    }
    batch = [];
  };
  for await (const file of files) if (batch.push(file) === picturesOfCall) yield* ask();
  if (batch.length > 0) yield* ask();
}
