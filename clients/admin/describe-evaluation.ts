import type { Evaluation } from '../typescript/index.ts';
import type { Output } from './output.ts';
import { renderConfusion } from './text/confusion.ts';
import { formatPercent } from './text/format-percent.ts';

/** Headline, classes and confusion matrix of an evaluation. */
export function describeEvaluation(evaluation: Evaluation, output: Output): string[] {
  const { accuracy, macro, imageCount, split, confidence, classStatistics, confusionMatrix, calibration } = evaluation;
  const columns = Math.min(output.columns, 120);
  const lines = [
    `${imageCount} ${split.toLowerCase()} images of dataset version ${evaluation.datasetVersion.name}`,
    `accuracy ${formatPercent(accuracy)}   macro precision ${formatPercent(macro.precision)}, recall ${formatPercent(macro.recall)}, F1 ${formatPercent(macro.f1)}`,
  ];
  if (confidence) {
    const { lower, upper } = confidence.accuracy;
    lines.push(
      output.dim(`with 95 % confidence the accuracy is between ${formatPercent(lower)} and ${formatPercent(upper)}`),
    );
  }
  if (calibration)
    lines.push(
      output.dim(
        `probabilities are off by ${formatPercent(calibration.after.expectedCalibrationError)} (expected calibration error)`,
      ),
    );
  lines.push(
    '',
    ...output.table(
      ['class', 'pictures', 'precision', 'recall', 'F1'],
      classStatistics.map((one) => [
        one.labelName,
        String(one.support),
        formatPercent(one.precision),
        formatPercent(one.recall),
        formatPercent(one.f1),
      ]),
    ),
  );
  if (confusionMatrix) {
    const names = classStatistics.map(({ labelName }) => labelName);
    lines.push('', ...renderConfusion(confusionMatrix, names, columns));
  }
  return lines;
}
