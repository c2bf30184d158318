import { formatPercent } from '../../clients/admin/text/format-percent.ts';
import { describeClasses, describeConfidence, describeConfusion, describePrediction, formatBytes } from './report.ts';
import type { Terminal } from './terminal.ts';
import type { Prediction, TrainedModel } from './trained-model.ts';

/** How good the model is on the pictures that it was not trained on. */
export function showModel(model: TrainedModel, terminal: Terminal): void {
  const { evaluation } = model;
  const { precision, recall, f1 } = evaluation.macro;
  const columns = terminal.columns - 2;
  terminal.heading(`Model ${model.name} on the ${evaluation.imageCount} pictures that it was not trained on`);
  terminal.line(
    `  accuracy ${formatPercent(evaluation.accuracy)}   macro precision ${formatPercent(precision)}, recall ${formatPercent(recall)}, F1 ${formatPercent(f1)}`,
  );
  if (evaluation.confidence)
    for (const line of describeConfidence(evaluation.confidence)) terminal.line(terminal.dim(`  ${line}`));
  terminal.line();
  for (const line of describeClasses(model, columns)) terminal.line(`  ${line}`);
  terminal.heading('Confusion matrix');
  for (const line of describeConfusion(model, columns)) terminal.line(`  ${line}`);
  terminal.line();
  terminal.line(`  The model is an ONNX file of ${formatBytes(model.modelBytes)}.`);
}

export function showPredictions(predictions: readonly Prediction[], terminal: Terminal): void {
  if (predictions.length === 0) return;
  terminal.heading('Predictions for pictures that were kept out of the project');
  for (const prediction of predictions) terminal.line(`  ${describePrediction(prediction)}`);
}
