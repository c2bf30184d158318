import { isUnfamiliar } from '#core/models/is-unfamiliar.ts';
import {
  countUnfamiliar,
  listPredictions,
  readClassStatistics,
  type Evaluation,
  type ModelVersion,
  type StoredPrediction,
} from '#core/models/model-versions.ts';
import { findThreshold, readThresholdCurve, readThresholdPoint } from '#core/models/threshold-points.ts';
import { getDatasetVersion } from '#core/datasets/dataset-versions.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { DatasetVersionObject } from './dataset-version.ts';
import {
  accuracyDescription,
  AverageMetricsObject,
  ClassStatisticsObject,
  confusionMatrixDescription,
  EvaluationCalibrationObject,
  EvaluationConfidenceObject,
} from './evaluation.ts';
import { optionalIdOf, writeGlobalId } from './global-id.ts';
import { ModelClassObject } from './model-class.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ThresholdPointObject } from './threshold-point.ts';

const classesAt = ({ classes }: ModelVersion, indexes: readonly number[]) => indexes.map((index) => classes[index]!);

export const unfamiliarityDescription =
  'How unlike all training images it is: about 1 for images like those; null where the model cannot tell.';
export const isUnfamiliarDescription =
  "Whether its unfamiliarity is above the version's threshold: it shows nothing that was trained on, whatever the scores say. Null where the model cannot tell.";

const StoredPredictionObject = builder
  .objectRef<{ prediction: StoredPrediction; modelVersion: ModelVersion }>('EvaluatedImage')
  .implement({
    description: 'What the model answered for one image of the evaluated split.',
    fields: (t) => ({
      imageId: t.id({
        description: 'The image; it may have been deleted since.',
        resolve: ({ prediction }) => writeGlobalId('Image', prediction.imageId),
      }),
      actual: t.field({
        type: [ModelClassObject],
        description: 'The labels it carried; one in a single-label project.',
        resolve: ({ prediction, modelVersion }) => classesAt(modelVersion, prediction.actualClasses),
      }),
      predicted: t.field({
        type: [ModelClassObject],
        description: 'What the model says: the most probable class, or each label from its threshold on, perhaps none.',
        resolve: ({ prediction, modelVersion }) => classesAt(modelVersion, prediction.predictedClasses),
      }),
      probabilities: t.floatList({
        description: 'In class order; sums to 1 in a single-label project.',
        resolve: ({ prediction }) => prediction.probabilities,
      }),
      unfamiliarity: t.float({
        nullable: true,
        description: unfamiliarityDescription,
        resolve: ({ prediction }) => prediction.unfamiliarity,
      }),
      isUnfamiliar: t.boolean({
        nullable: true,
        description: isUnfamiliarDescription,
        resolve: ({ prediction, modelVersion }) => isUnfamiliar(modelVersion, prediction.unfamiliarity),
      }),
    }),
  });
const EvaluatedImageConnection = connectionType(StoredPredictionObject, 'EvaluatedImage');

export const EvaluationObject = builder
  .objectRef<{ evaluation: Evaluation; modelVersion: ModelVersion }>('Evaluation')
  .implement({
    description: 'Metrics of a model version on one split of one dataset version.',
    fields: (t) => ({
      split: t.string({
        description: 'Side of the split: VALIDATION or TEST.',
        resolve: ({ evaluation }) => evaluation.split,
      }),
      datasetVersion: t.field({
        type: DatasetVersionObject,
        description: 'The dataset version it was measured on.',
        resolve: ({ evaluation }, _args, ctx) => getDatasetVersion(ctx.action(), evaluation.datasetVersionId),
      }),
      imageCount: t.int({ description: 'Images of the split.', resolve: ({ evaluation }) => evaluation.imageCount }),
      accuracy: t.float({
        description: accuracyDescription,
        resolve: ({ evaluation }) => evaluation.accuracy,
      }),
      confidence: t.field({
        type: EvaluationConfidenceObject,
        nullable: true,
        description: 'How far the figures can be trusted; null for evaluations of before it was recorded.',
        resolve: ({ evaluation }) => evaluation.confidence,
      }),
      calibration: t.field({
        type: EvaluationCalibrationObject,
        nullable: true,
        description:
          'How far probabilities mean what they say. The validation images chose the temperatures: the figures of the test part are the honest ones. Null for evaluations of before it was recorded.',
        resolve: ({ evaluation }) => evaluation.calibration,
      }),
      unfamiliarCount: t.int({
        nullable: true,
        description:
          'Images that count as unlike everything that was trained on, by mistake; null where the model cannot tell.',
        resolve: ({ evaluation, modelVersion }, _args, ctx) =>
          countUnfamiliar(ctx.platform.db, evaluation.id, modelVersion),
      }),
      thresholdCurve: t.field({
        type: [ThresholdPointObject],
        nullable: true,
        description:
          'What confidence thresholds from 0 to 1 would decide automatically, and how well; null for a label that the model does not know.',
        args: {
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
          points: t.arg.int({ required: true, defaultValue: 21, description: 'How many, evenly: 2 to 101.' }),
        },
        complexity: ({ points }) => ({ field: 20, multiplier: Math.max(1, points) }),
        resolve: (of, { labelId, points }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, points };
          return nullWhenMissing(() => readThresholdCurve(ctx.platform.db, of, input));
        },
      }),
      atThreshold: t.field({
        type: ThresholdPointObject,
        nullable: true,
        description:
          'What one confidence threshold would decide automatically, and how well; null for a label that the model does not know.',
        args: {
          threshold: t.arg.float({ required: true, description: '0 to 1.' }),
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
        },
        complexity: 20,
        resolve: (of, { labelId, threshold }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, threshold };
          return nullWhenMissing(() => readThresholdPoint(ctx.platform.db, of, input));
        },
      }),
      thresholdFor: t.field({
        type: ThresholdPointObject,
        nullable: true,
        description:
          'The lowest confidence threshold of which at least a share of what it decides is right; null where there is none. It was chosen by these very images: look at the interval.',
        args: {
          precision: t.arg.float({ required: true, description: 'The share, above 0 to 1.' }),
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
        },
        complexity: 20,
        resolve: (of, { labelId, precision }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, precision };
          return nullWhenMissing(() => findThreshold(ctx.platform.db, of, input));
        },
      }),
      macro: t.field({
        type: AverageMetricsObject,
        description: 'Every class counts alike: the headline.',
        resolve: ({ evaluation }) => evaluation.macro,
      }),
      micro: t.field({
        type: AverageMetricsObject,
        description: 'Every image counts alike.',
        resolve: ({ evaluation }) => evaluation.micro,
      }),
      weighted: t.field({
        type: AverageMetricsObject,
        description: 'Classes count by their support.',
        resolve: ({ evaluation }) => evaluation.weighted,
      }),
      classStatistics: t.field({
        type: [ClassStatisticsObject],
        description: 'In class order.',
        resolve: ({ evaluation }, _args, ctx) => readClassStatistics(ctx.platform.db, evaluation.id),
      }),
      confusionMatrix: t.field({
        type: t.listRef(t.listRef('Int')),
        nullable: true,
        description: confusionMatrixDescription,
        resolve: ({ evaluation }) => evaluation.confusionMatrix,
      }),
      images: t.field({
        type: EvaluatedImageConnection,
        description: 'What the model answered image by image.',
        args: pageArgs(t.arg),
        complexity: pageComplexity,
        resolve: async ({ evaluation, modelVersion }, args, ctx) => {
          const page = await listPredictions(ctx.platform.db, evaluation.id, args);
          const items = page.items.map((prediction) => ({ prediction, modelVersion }));
          return toConnection({ ...page, items }, args.after, (item) => item.prediction.imageId);
        },
      }),
    }),
  });
