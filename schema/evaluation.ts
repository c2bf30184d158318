import type {
  AverageMetrics,
  CalibrationBin,
  CalibrationQuality,
  ClassStatistics,
  CrossValidation,
  EvaluationCalibration,
  EvaluationConfidence,
  EvaluationFacts,
  Interval,
  TrainingStage,
} from '#core/models/evaluation-facts.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';

export const AverageMetricsObject = builder.objectRef<AverageMetrics>('AverageMetrics').implement({
  description: 'Precision, recall and F1 averaged over the classes, each 0 to 1.',
  fields: (t) => ({
    precision: t.exposeFloat('precision', { description: 'Average of TP / (TP + FP).' }),
    recall: t.exposeFloat('recall', { description: 'Average of TP / (TP + FN).' }),
    f1: t.exposeFloat('f1', { description: 'Average of 2 P R / (P + R).' }),
  }),
});

export const ClassStatisticsObject = builder.objectRef<ClassStatistics>('ClassStatistics').implement({
  description: 'One class against the rest; 0/0 counts as 0.',
  fields: (t) => ({
    classIndex: t.exposeInt('classIndex', { description: "Place among the model's outputs, from 0." }),
    labelId: t.id({ description: 'The label.', resolve: (item) => writeGlobalId('Label', item.labelId) }),
    labelName: t.exposeString('labelName', { description: 'Its name when the training started.' }),
    support: t.exposeInt('support', { description: 'Images of the split that carry the label.' }),
    predictedCount: t.exposeInt('predictedCount', { description: 'Images that the model gives the label.' }),
    truePositives: t.exposeInt('truePositives', { description: 'Images where both hold.' }),
    precision: t.exposeFloat('precision', { description: 'TP / (TP + FP), 0 to 1.' }),
    recall: t.exposeFloat('recall', { description: 'TP / (TP + FN), 0 to 1.' }),
    f1: t.exposeFloat('f1', { description: '2 P R / (P + R), 0 to 1.' }),
    oneVsRestAccuracy: t.exposeFloat('oneVsRestAccuracy', { description: '(TP + TN) / N, 0 to 1.' }),
    threshold: t.exposeFloat('threshold', {
      nullable: true,
      description: 'Probability from which on the label is said; null where the most probable one is.',
    }),
  }),
});

export const accuracyDescription =
  'Share of images of which the answer is right, no label missing and none too many; 0 to 1.';
export const confusionMatrixDescription =
  'Images by actual (outer) and predicted (inner) class, in class order; null in multi-label projects.';

/** The fields that live metrics of an epoch and a stored evaluation have in common. */
export const MetricsObject = builder.objectRef<EvaluationFacts>('Metrics').implement({
  description: 'Metrics on one frozen split.',
  fields: (t) => ({
    imageCount: t.exposeInt('imageCount', { description: 'Images of the split.' }),
    accuracy: t.exposeFloat('accuracy', { description: accuracyDescription }),
    macro: t.field({
      type: AverageMetricsObject,
      description: 'Every class counts alike: the headline.',
      resolve: (item) => item.macro,
    }),
    micro: t.field({
      type: AverageMetricsObject,
      description: 'Every image counts alike.',
      resolve: (item) => item.micro,
    }),
    weighted: t.field({
      type: AverageMetricsObject,
      description: 'Classes count by their support.',
      resolve: (item) => item.weighted,
    }),
    classStatistics: t.field({
      type: [ClassStatisticsObject],
      description: 'In class order.',
      resolve: (item) => [...item.classStatistics],
    }),
    confusionMatrix: t.field({
      type: t.listRef(t.listRef('Int')),
      nullable: true,
      description: confusionMatrixDescription,
      resolve: (item) => item.confusionMatrix && item.confusionMatrix.map((row) => [...row]),
    }),
  }),
});

export const TrainingStageEnum = builder.enumType('TrainingStage', {
  description: 'What learns in a part of a training.',
  values: {
    HEAD: { description: 'The linear head, on frozen features.' },
    SUFFIX: { description: 'The last layers of the network and the head.' },
    FULL: { description: 'The whole network and the head.' },
  } satisfies Record<TrainingStage, { description: string }>,
});

export const IntervalObject = builder.objectRef<Interval>('Interval').implement({
  description: 'Where a share lies with 95 % confidence.',
  fields: (t) => ({
    lower: t.exposeFloat('lower', { description: '0 to 1.' }),
    upper: t.exposeFloat('upper', { description: '0 to 1.' }),
  }),
});

const ClassConfidenceObject = builder.objectRef<EvaluationConfidence['classes'][number]>('ClassConfidence').implement({
  description: 'How far the figures of one class can be trusted.',
  fields: (t) => ({
    precision: t.field({ type: IntervalObject, description: "Wilson's interval.", resolve: (item) => item.precision }),
    recall: t.field({ type: IntervalObject, description: "Wilson's interval.", resolve: (item) => item.recall }),
  }),
});

const CrossValidationObject = builder.objectRef<CrossValidation>('CrossValidation').implement({
  description:
    'An estimate by cross-validation with closed-form heads on frozen features; not a measurement of the model.',
  fields: (t) => ({
    folds: t.exposeInt('folds', { description: 'Parts, each judged by a head that was trained on the others.' }),
    imageCount: t.exposeInt('imageCount', { description: 'Training and validation images together.' }),
    accuracy: t.exposeFloat('accuracy', { description: 'Share of images with the right label, 0 to 1.' }),
    macroF1: t.exposeFloat('macroF1', { description: 'Mean F1 of the classes, 0 to 1.' }),
  }),
});

export const EvaluationConfidenceObject = builder.objectRef<EvaluationConfidence>('EvaluationConfidence').implement({
  description: 'How far the figures of an evaluation can be trusted: few images, wide intervals.',
  fields: (t) => ({
    accuracy: t.field({ type: IntervalObject, description: "Wilson's interval.", resolve: (item) => item.accuracy }),
    macroF1: t.field({ type: IntervalObject, description: 'By the bootstrap.', resolve: (item) => item.macroF1 }),
    classes: t.field({
      type: [ClassConfidenceObject],
      description: 'In class order.',
      complexity: { field: 1, multiplier: 20 },
      resolve: (item) => [...item.classes],
    }),
    crossValidated: t.field({
      type: CrossValidationObject,
      nullable: true,
      description: 'A second opinion where a class has fewer than 5 validation images; null where they suffice.',
      resolve: (item) => item.crossValidated,
    }),
    temperature: t.exposeFloat('temperature', {
      description: 'What logits are divided by, so that probabilities mean what they say.',
    }),
    calibrationErrorBefore: t.exposeFloat('calibrationErrorBefore', {
      description: 'Expected calibration error without the temperature, 0 to 1.',
    }),
    calibrationErrorAfter: t.exposeFloat('calibrationErrorAfter', {
      description: 'Expected calibration error with it, 0 to 1.',
    }),
  }),
});

const CalibrationBinObject = builder
  .objectRef<CalibrationBin & { lower: number; upper: number }>('CalibrationBin')
  .implement({
    description: 'Answers that are about equally probable: one bar of a reliability diagram.',
    fields: (t) => ({
      lower: t.exposeFloat('lower', { description: 'Probabilities above this, from 0.' }),
      upper: t.exposeFloat('upper', { description: 'Up to this.' }),
      count: t.exposeInt('count', { description: 'Answers.' }),
      confidence: t.exposeFloat('confidence', { description: 'Their mean probability; 0 in an empty bin.' }),
      accuracy: t.exposeFloat('accuracy', { description: 'Share of them that is right; 0 in an empty bin.' }),
    }),
  });

const CalibrationQualityObject = builder.objectRef<CalibrationQuality>('CalibrationQuality').implement({
  description:
    'How far probabilities mean what they say. An answer is the most probable class of an image, in a multi-label project each label of each image.',
  fields: (t) => ({
    expectedCalibrationError: t.exposeFloat('expectedCalibrationError', {
      description: 'Sum over 15 bins of equal width of count/total |accuracy - confidence|, 0 to 1.',
    }),
    crossEntropy: t.exposeFloat('crossEntropy', {
      description: 'Negative log likelihood, nats an image; in a multi-label project a label of an image.',
    }),
    brier: t.exposeFloat('brier', {
      description:
        'Mean squared error of the probabilities, summed over the classes of a single-label project: 0 to 2.',
    }),
    bins: t.field({
      type: [CalibrationBinObject],
      description: 'The 15 bins, ascending: a reliability diagram.',
      resolve: ({ bins }) =>
        bins.map((bin, at) => ({ ...bin, lower: at / bins.length, upper: (at + 1) / bins.length })),
    }),
  }),
});

export const EvaluationCalibrationObject = builder.objectRef<EvaluationCalibration>('EvaluationCalibration').implement({
  description: "What dividing logits by a temperature makes of a model's probabilities.",
  fields: (t) => ({
    temperatures: t.floatList({
      description: 'One for all classes; in a multi-label project one for each label, in class order.',
      resolve: (item) => [...item.temperatures],
    }),
    before: t.field({
      type: CalibrationQualityObject,
      description: 'Without temperatures.',
      resolve: (item) => item.before,
    }),
    after: t.field({
      type: CalibrationQualityObject,
      description: 'As the model answers.',
      resolve: (item) => item.after,
    }),
  }),
});
