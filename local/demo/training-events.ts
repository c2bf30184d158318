import { subscribe } from './event-stream.ts';
import type { Endpoint } from './graphql-client.ts';

export type TrainingState = 'QUEUED' | 'PREPARING' | 'RUNNING' | 'EVALUATING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
export type TrainingPhase = 'FEATURES' | 'TRAINING' | 'EVALUATING' | 'EXPORTING';

export interface TrainingFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface EventFields {
  readonly sequence: number;
  readonly occurredAt: string;
}

export type TrainingEvent = EventFields &
  (
    | {
        readonly __typename: 'TrainingStateChanged';
        readonly state: TrainingState;
        readonly stopReason: string | null;
        readonly failure: TrainingFailure | null;
      }
    | {
        readonly __typename: 'TrainingProgressed';
        readonly phase: TrainingPhase;
        readonly done: number;
        readonly total: number;
        readonly etaSeconds: number | null;
      }
    | {
        readonly __typename: 'TrainingEpochCompleted';
        readonly epoch: number;
        readonly epochs: number;
        readonly loss: number;
        readonly metrics: { readonly accuracy: number; readonly macro: { readonly f1: number } };
      }
    | { readonly __typename: 'TrainingLogLine'; readonly level: 'INFO' | 'WARN'; readonly message: string }
    | { readonly __typename: 'TrainingEvaluated' | 'TrainingStopRequested' }
  );

const document = `subscription Watch($trainingId: ID!, $after: Int) {
  trainingEvents(trainingId: $trainingId, after: $after) {
    __typename
    sequence
    occurredAt
    ... on TrainingStateChanged { state stopReason failure { code message hint } }
    ... on TrainingProgressed { phase done total etaSeconds }
    ... on TrainingEpochCompleted { epoch epochs loss metrics { accuracy macro { f1 } } }
    ... on TrainingLogLine { level message }
  }
}`;

export function isFinal(state: TrainingState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}

/** Everything that happens to a training until it has ended. */
export function trainingEvents(
  endpoint: Endpoint,
  trainingId: string,
  onBreak: (reason: string) => void,
): AsyncGenerator<TrainingEvent> {
  return subscribe<TrainingEvent>(
    endpoint,
    document,
    { trainingId },
    (event) => event.__typename === 'TrainingStateChanged' && isFinal(event.state),
    onBreak,
  );
}
