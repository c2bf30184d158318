import type { StreamedEvent } from '../test/event-streams.ts';

/** A row of `training_event`. */
export interface EventRow {
  readonly training_id: string;
  readonly seq: number;
  readonly attempt: number;
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever the worker has written
  readonly payload: any;
  readonly occurred_at: Date;
}

/** What a watcher must have received for a row: written apart from the schema, so that both would have to be wrong in the same way. */
export function expectedEvent(row: EventRow): StreamedEvent {
  const words = row.type.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return {
    __typename: `Training${words.join('')}`,
    sequence: row.seq,
    occurredAt: row.occurred_at.toISOString(),
    trainingId: `Training_${row.training_id}`,
    ...fieldsOf(row),
  };
}

function fieldsOf({ type, payload }: EventRow): object {
  switch (type) {
    case 'STATE_CHANGED': {
      const { state, stopReason, failure } = payload;
      return { state, stopReason, failure: failure && { code: failure.code, message: failure.message } };
    }
    case 'PROGRESSED': {
      const { phase, done, total, imagesPerSecond, etaSeconds, epoch } = payload;
      return { phase, done, total, imagesPerSecond, etaSeconds, currentEpoch: epoch ?? null };
    }
    case 'EPOCH_COMPLETED': {
      const { stage, epoch, epochs, loss, evaluation } = payload;
      return { stage, epoch, epochs, loss, metrics: metricsOf(evaluation) };
    }
    case 'EVALUATED':
      return { metrics: metricsOf(payload.evaluation) };
    default:
      // The others are shown as they are stored.
      return payload;
  }
}

// oxlint-disable-next-line typescript/no-explicit-any
function metricsOf({ imageCount, accuracy, macro, confusionMatrix, classStatistics }: any): object {
  return {
    imageCount,
    accuracy,
    macro,
    confusionMatrix,
    // oxlint-disable-next-line typescript/no-explicit-any
    classStatistics: classStatistics.map((item: any) => ({ ...item, labelId: `Label_${item.labelId}` })),
  };
}
