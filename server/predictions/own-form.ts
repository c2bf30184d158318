import { UserError } from '#core/platform/errors.ts';
import { versionLabel } from '#core/trainings/training-facts.ts';
import { writeGlobalId } from '#schema/global-id.ts';
import type { CallForm } from './call-form.ts';
import { mostPictures } from './read-pictures.ts';
import { describeError } from './refusal.ts';

const defaultScores = 5;

/** `POST /deployments/:name/predict[?top=5][&store=no]`: up to 64 pictures, a result or an error for each. */
export function ownForm(name: string, query: URLSearchParams): CallForm {
  const top = Math.max(1, Number.parseInt(query.get('top') ?? '', 10) || defaultScores);
  return {
    deployment: { name },
    pictures: mostPictures,
    isStored: query.get('store') !== 'no',
    write: ({ deployment, modelVersion, results }, fileNames) => ({
      deployment: deployment.name,
      modelVersion: {
        id: writeGlobalId('ModelVersion', modelVersion.id),
        versionName: versionLabel(modelVersion.versionNumber),
      },
      results: results.map((result, index) => {
        const fileName = fileNames[index]!;
        if (result instanceof UserError) return { fileName, error: describeError(result) };
        const { scores, decision, uncertainty, answer, id } = result;
        return {
          fileName,
          predictedLabel: scores[0]!.modelClass.name,
          predictedLabels: scores.flatMap(({ isPredicted, modelClass }) => (isPredicted ? modelClass.name : [])),
          decision,
          uncertainty,
          ...(answer.unfamiliarity !== undefined && { unfamiliarity: answer.unfamiliarity }),
          scores: scores.slice(0, top).map(({ modelClass, probability }) => ({
            label: modelClass.name,
            labelId: writeGlobalId('Label', modelClass.labelId),
            probability,
          })),
          ...(id !== undefined && { predictionId: writeGlobalId('ServedPrediction', id) }),
        };
      }),
    }),
    writeError: describeError,
  };
}
