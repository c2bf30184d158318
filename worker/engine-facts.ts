import type { DatasetClass } from '#core/datasets/dataset-versions.ts';
import type { EvaluationFacts } from '#core/models/evaluation-facts.ts';
import type { TrainingFact, TrainingPhase, TrainingState } from '#core/trainings/training-facts.ts';
import type { EngineEvent, Evaluation } from '#engine/index.ts';

/** What the row of a training shows while the engine is in a phase. */
export const stateOfPhase: Record<TrainingPhase, TrainingState> = {
  FEATURES: 'PREPARING',
  TRAINING: 'RUNNING',
  EVALUATING: 'EVALUATING',
  EXPORTING: 'EVALUATING',
};

/** The engine counts classes; people know labels. */
export function toEvaluationFacts(evaluation: Evaluation, classes: readonly DatasetClass[]): EvaluationFacts {
  const { count, classStatistics, ...rest } = evaluation;
  return {
    ...rest,
    imageCount: count,
    classStatistics: classStatistics.map((statistics, classIndex) => ({
      classIndex,
      labelId: classes[classIndex]!.labelId,
      labelName: classes[classIndex]!.name,
      ...statistics,
    })),
  };
}

/** The fact that an engine event is to the watchers; the final evaluation is written when the training completes. */
export function toFact(event: EngineEvent, classes: readonly DatasetClass[]): TrainingFact | undefined {
  switch (event.type) {
    case 'progress': {
      const { type: _, unit: __, ...progress } = event;
      return { type: 'PROGRESSED', ...progress };
    }
    case 'epoch':
      return { ...event, type: 'EPOCH_COMPLETED', evaluation: toEvaluationFacts(event.evaluation, classes) };
    case 'checkpoint':
      return { ...event, type: 'CHECKPOINT_SAVED' };
    case 'log':
      return { type: 'LOG_LINE', level: event.level, message: event.message };
    case 'evaluation':
      return undefined;
  }
}
