import { releaseBytes } from '#engine/pictures/index.ts';
import { decide, uncertainty, type Decision } from '../models/decide.ts';
import type { ModelVersion } from '../models/model-versions.ts';
import { toScores, type Score } from '../models/predict.ts';
import type { Answer, Picture } from '../models/predictor.ts';
import { NotFoundError, UserError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { Deployment } from './deployment-row.ts';
import type { Serving } from './serving.ts';
import { storePredictions } from './store-predictions.ts';

/** What a deployment says to one picture. */
export interface ServedPrediction {
  readonly answer: Answer;
  /** Most probable first. */
  readonly scores: readonly Score[];
  readonly decision: Decision;
  /** 0 = sure, 1 = cannot tell. */
  readonly uncertainty: number;
  /** Under which it was kept, if it was. */
  readonly id?: string;
}

export interface ServedCall {
  readonly deployment: Deployment;
  /** The version that has answered. */
  readonly modelVersion: ModelVersion;
  /** One for each picture, in their order. */
  readonly results: readonly (ServedPrediction | UserError)[];
}

/**
 * Answers about the pictures of one call with one version of a deployment that {@link findServed} has found; counts the call, keeps what it
 * is told to keep, and asks the shadow, whom nobody waits for. The memory of the pictures is given back when all that is done.
 * @param isStored whether the caller has anything against keeping them.
 * @throws {UnavailableError} when there is no room for the pictures.
 */
export async function answerCall(
  platform: Platform,
  serving: Serving,
  deployment: Deployment,
  pictures: readonly Picture[],
  isStored: boolean,
): Promise<ServedCall> {
  const modelVersion = await serving.versions.get(chooseVersion(deployment));
  if (!modelVersion) throw new NotFoundError('Deployment', deployment.name);
  const call = { deploymentId: deployment.id, modelVersionId: modelVersion.id, pictures: pictures.length };
  const start = performance.now();
  let isFailure = true;
  try {
    const answers = await serving.predictor.predict(modelVersion.modelKey, pictures, { caller: deployment.id });
    isFailure = answers.every((answer) => answer instanceof UserError);
    const results = answers.map((answer) =>
      answer instanceof UserError ? answer : toPrediction(deployment, modelVersion, answer),
    );
    const compared =
      deployment.candidateMode === 'SHADOW' ? askShadow(platform, serving, deployment, pictures, results) : undefined;
    const kept =
      deployment.storeHours !== null && isStored
        ? await storePredictions(platform, deployment, modelVersion, pictures, results)
        : results;
    // Not when something fails on the way: somebody may read them then.
    if (compared) void compared.then(() => release(pictures));
    else release(pictures);
    return { deployment, modelVersion, results: kept };
  } finally {
    serving.meter.invoked({ ...call, isFailure, milliseconds: performance.now() - start });
  }
}

function chooseVersion({ modelVersionId, candidateVersionId, candidateMode, candidatePercent }: Deployment): string {
  return candidateMode === 'SPLIT' && Math.random() * 100 < candidatePercent! ? candidateVersionId! : modelVersionId;
}

function toPrediction({ acceptFrom }: Deployment, version: ModelVersion, answer: Answer): ServedPrediction {
  const { classes, unfamiliarityThreshold } = version;
  const { probabilities, unfamiliarity } = answer;
  return {
    answer,
    scores: toScores(classes, answer),
    decision: decide({ classes, acceptFrom, unfamiliarityThreshold }, probabilities, unfamiliarity),
    uncertainty: uncertainty(classes, probabilities),
  };
}

/** Resolves when the shadow has seen the pictures, whatever became of it. */
function askShadow(
  platform: Platform,
  serving: Serving,
  { id, candidateVersionId }: Deployment,
  pictures: readonly Picture[],
  results: readonly (ServedPrediction | UserError)[],
): Promise<void> {
  const compare = async () => {
    const shadow = await serving.versions.get(candidateVersionId!);
    if (!shadow) return;
    const answers = await serving.predictor.predict(shadow.modelKey, pictures, {
      caller: `shadow ${id}`,
      isShadow: true,
    });
    let compared = 0;
    let agreed = 0;
    for (const [index, answer] of answers.entries()) {
      const result = results[index]!;
      if (answer instanceof UserError || result instanceof UserError) continue;
      compared++;
      if (said(toScores(shadow.classes, answer)) === said(result.scores)) agreed++;
    }
    serving.meter.compared({ deploymentId: id, modelVersionId: shadow.id, compared, agreed });
  };
  // A server without room leaves shadows out: the rate is one of those that were compared.
  return compare().catch((error: unknown) => platform.log.debug({ err: error }, 'a shadow was not asked'));
}

function release(pictures: readonly Picture[]): void {
  for (const { bytes } of pictures) releaseBytes(bytes);
}

/** The labels that the picture is said to show. */
const said = (scores: readonly Score[]): string =>
  scores
    .flatMap(({ isPredicted, modelClass }) => (isPredicted ? modelClass.labelId : []))
    .sort()
    .join();
