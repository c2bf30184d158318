const metrics = `imageCount accuracy macro { precision recall f1 } confusionMatrix
  classStatistics { classIndex labelId labelName support predictedCount truePositives precision recall f1 oneVsRestAccuracy threshold }`;

/** What of an evaluation is compared: of the stream's events, the stored row and the model version alike. */
export const metricFields = metrics;

/** All that an event can tell. */
export const everythingOfEvents = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  __typename sequence occurredAt trainingId
  ... on TrainingStateChanged { state stopReason failure { code message } }
  ... on TrainingProgressed { phase done total imagesPerSecond etaSeconds currentEpoch }
  ... on TrainingEpochCompleted { stage epoch epochs loss metrics { ...metrics } }
  ... on TrainingEvaluated { metrics { ...metrics } }
  ... on TrainingLogLine { level message }
  ... on TrainingCheckpointSaved { stage epoch byteSize }
  ... on TrainingInterrupted { reason attempt message }
  ... on TrainingResumed { attempt }
  ... on TrainingStopRequested { request } } }
fragment metrics on Metrics { ${metrics} }`;
