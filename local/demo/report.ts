import { labelsOf, type PictureSet, type SkippedFile } from './picture-set.ts';
import type { Readiness, ReadinessIssue } from './start-training.ts';
import { renderConfusion } from '../../clients/admin/text/confusion.ts';
import { formatPercent } from '../../clients/admin/text/format-percent.ts';
import { renderTable } from '../../clients/admin/text/text-table.ts';
import type { Prediction, TrainedModel } from './trained-model.ts';

const namesShown = 5;
const classesShown = 12;

export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How many pictures of which classes there are. */
export function describeSet({ pictures, unseen }: PictureSet): string[] {
  const labels = labelsOf(pictures);
  const shown = labels.slice(0, classesShown).join(', ');
  const more = labels.length > classesShown ? ` and ${labels.length - classesShown} more` : '';
  return [
    `${pictures.length} pictures of ${labels.length} classes: ${shown}${more}`,
    `${unseen.length} more kept out for the end: ${unseen.map((picture) => picture.file).join(', ')}`,
  ];
}

/** Files that were left aside, a line for each reason. */
export function describeSkipped(skipped: readonly SkippedFile[]): string[] {
  return [...Map.groupBy(skipped, (file) => file.reason)].map(([reason, group]) => {
    const names = group.slice(0, namesShown).map((file) => file.file);
    const more = group.length > namesShown ? ` and ${group.length - namesShown} more` : '';
    return `skipped ${group.length} (${reason}): ${names.join(', ')}${more}`;
  });
}

/** Issues of one kind in one line, however many labels they concern. */
export function describeIssues(issues: readonly ReadinessIssue[]): string[] {
  return [...Map.groupBy(issues, (issue) => issue.code)].map(([, group]) => {
    const more = group.length > 1 ? ` (and ${group.length - 1} more label${group.length > 2 ? 's' : ''} like it)` : '';
    return `${group[0]!.message}${more}`;
  });
}

export function describeSplit({ split }: Readiness): string {
  const train = split.reduce((sum, item) => sum + item.trainCount, 0);
  const validation = split.reduce((sum, item) => sum + item.validationCount, 0);
  return `${train} pictures to train on, ${validation} to evaluate on, out of ${split.length} classes`;
}

export function describeClasses({ evaluation }: TrainedModel, columns: number): string[] {
  const rows = evaluation.classStatistics.map((item) => [
    item.labelName,
    String(item.support),
    formatPercent(item.precision),
    formatPercent(item.recall),
    formatPercent(item.f1),
    formatPercent(item.oneVsRestAccuracy),
  ]);
  return renderTable(['class', 'pictures', 'precision', 'recall', 'F1', 'one vs rest'], rows, columns);
}

/** How far the accuracy can be trusted. */
export function describeConfidence({ accuracy, crossValidated }: NonNullable<Confidence>): string[] {
  const { lower, upper } = accuracy;
  const lines = [
    `of all pictures of this kind, with 95 % confidence: accuracy between ${formatPercent(lower)} and ${formatPercent(upper)}`,
  ];
  if (crossValidated)
    lines.push(
      `these are few; simple classifiers reach ${formatPercent(crossValidated.accuracy)} by cross-validation over all ${crossValidated.imageCount} pictures`,
    );
  return lines;
}

type Confidence = TrainedModel['evaluation']['confidence'];

/** The whole matrix where it fits, or else the most frequent mistakes. */
export const describeConfusion = ({ evaluation }: TrainedModel, columns: number): string[] =>
  renderConfusion(
    evaluation.confusionMatrix,
    evaluation.classStatistics.map((item) => item.labelName),
    columns,
  );

export function describePrediction(prediction: Prediction): string {
  const { file, expected, predictedLabel, scores } = prediction;
  const verdict = predictedLabel === expected ? 'right' : `wrong, it is ${expected}`;
  const best = scores.slice(0, 3).map(({ label, probability }) => `${label} ${formatPercent(probability)}`);
  return `${file}: ${predictedLabel} (${verdict})   ${best.join(', ')}`;
}
