import type { Connection } from '../connection/connection.ts';
import type { WatchOptions } from '../connection/watch-options.ts';
import { graphql } from '../generated/gql.ts';
import type { TrainingEventFieldsFragment } from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment MetricsFields on Metrics {
    imageCount
    accuracy
    macro {
      precision
      recall
      f1
    }
    micro {
      precision
      recall
      f1
    }
    weighted {
      precision
      recall
      f1
    }
    confusionMatrix
    classStatistics {
      classIndex
      labelId
      labelName
      support
      predictedCount
      truePositives
      precision
      recall
      f1
      oneVsRestAccuracy
      threshold
    }
  }
`);

graphql(`
  fragment TrainingEventFields on TrainingEvent {
    __typename
    sequence
    occurredAt
    trainingId
    ... on TrainingStateChanged {
      state
      stopReason
      failure {
        ...TrainingFailureFields
      }
    }
    ... on TrainingProgressed {
      phase
      currentEpoch
      done
      total
      imagesPerSecond
      etaSeconds
    }
    ... on TrainingEpochCompleted {
      stage
      epoch
      epochs
      loss
      metrics {
        ...MetricsFields
      }
    }
    ... on TrainingEvaluated {
      metrics {
        ...MetricsFields
      }
      testMetrics {
        ...MetricsFields
      }
    }
    ... on TrainingCheckpointSaved {
      stage
      epoch
      byteSize
    }
    ... on TrainingInterrupted {
      reason
      attempt
      message
    }
    ... on TrainingResumed {
      attempt
    }
    ... on TrainingStopRequested {
      request
    }
    ... on TrainingLogLine {
      level
      message
    }
    ... on StreamResync {
      from
    }
  }
`);

const watchDocument = graphql(`
  subscription WatchTraining($trainingId: ID!, $after: Int) {
    trainingEvents(trainingId: $trainingId, after: $after) {
      ...TrainingEventFields
    }
  }
`);

const pollDocument = graphql(`
  query TrainingEvents($trainingId: ID!, $first: Int, $after: String) {
    training(id: $trainingId) {
      events(first: $first, after: $after) {
        nodes {
          ...TrainingEventFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A fact of a training, told apart by `__typename`. A newer server may send kinds that are not in this union: skip them. */
export type TrainingEvent = TrainingEventFieldsFragment;

/** Pages of events are smaller than others: the metrics of an epoch make them dear, and the server limits what one operation costs. */
const largestPage = 20;

export const trainingEventOperations = (connection: Connection) => ({
  /**
   * Every event of a training after `after`, each once and in order, through any disconnect; ends after the event of a final state.
   * @throws {RequestError} NOT_FOUND {@link UnauthenticatedError}
   */
  watch: (trainingId: string, options?: WatchOptions): AsyncIterableIterator<TrainingEvent> =>
    connection.watch(watchDocument, { trainingId }, (data) => data.trainingEvents, options),

  /** The events that are stored by now, for those who poll. @throws {ResultError} NOT_FOUND when there is no such training. */
  list: (
    trainingId: string,
    { after, ...options }: PageOptions & { readonly after?: number | undefined } = {},
  ): Pages<TrainingEvent> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(pollDocument, { trainingId, ...page }, { signal })).training?.events,
      { pageSize: largestPage, ...options, ...(after !== undefined && { cursor: String(after) }) },
    ),
});
