import type { SkippedFile } from './picture-set.ts';
import type { Prediction, TrainedModel } from './trained-model.ts';
import type { EndedTraining } from './watch-training.ts';

/** Everything that a run found out; what `--json` prints. */
export interface DemoOutcome {
  readonly project: { readonly id: string; readonly name: string };
  readonly version: string;
  readonly training: EndedTraining;
  readonly imageCount: number;
  /** Undefined unless the training completed. */
  readonly model: TrainedModel | undefined;
  readonly predictions: readonly Prediction[];
  readonly skipped: readonly SkippedFile[];
  /** By the clock of this program, in the order of the run. */
  readonly secondsByStep: Readonly<Record<string, number>>;
}

/** The JSON object. Of `secondsByPhase`, those of the training's phases are the worker's and lie inside `train`; the others are measured here. */
export function summarise(outcome: DemoOutcome) {
  const { project, version, training, model, predictions } = outcome;
  const evaluation = model?.evaluation;
  const ofPhases = (model?.phases ?? []).map(({ phase, seconds }) => [phase.toLowerCase(), seconds] as const);
  const seconds = { ...outcome.secondsByStep, ...Object.fromEntries(ofPhases) };
  return {
    project: { id: project.id, name: project.name },
    version,
    state: training.state,
    stopReason: training.stopReason,
    failure: training.failure,
    accuracy: evaluation?.accuracy ?? null,
    accuracyInterval: evaluation?.confidence?.accuracy ?? null,
    macroPrecision: evaluation?.macro.precision ?? null,
    macroRecall: evaluation?.macro.recall ?? null,
    macroF1: evaluation?.macro.f1 ?? null,
    imageCount: outcome.imageCount,
    validationCount: evaluation?.imageCount ?? null,
    classStatistics: evaluation?.classStatistics ?? [],
    confusionMatrix: {
      labels: evaluation?.classStatistics.map((item) => item.labelName) ?? [],
      rows: evaluation?.confusionMatrix ?? [],
    },
    secondsByPhase: Object.fromEntries(
      Object.entries(seconds).map(([phase, value]) => [phase, Math.round(value * 1000) / 1000]),
    ),
    modelBytes: model?.modelBytes ?? null,
    prediction: predictions[0] ?? null,
    predictions,
    skippedFiles: outcome.skipped,
  };
}
