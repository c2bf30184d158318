import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  CancelTrainingMutation,
  StartTrainingInput,
  StartTrainingMutation,
  StopTrainingMutation,
  TrainingConfigFieldsFragment,
  TrainingConfigInput,
  TrainingFieldsFragment,
  TrainingFlavorsQuery,
  UpdateTrainingConfigMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { randomUuid } from '../random-uuid.ts';

graphql(`
  fragment TrainingConfigFields on TrainingConfig {
    __typename
    baseModel
    baseVersionId
    flavor
    maxDurationMinutes
    preference
    seed
    testRatio
    trainRatio
    validationRatio
  }
`);

graphql(`
  fragment TrainingFailureFields on TrainingFailure {
    __typename
    code
    message
    hint
    isRetryable
    imageIds
  }
`);

graphql(`
  fragment TrainingFields on Training {
    __typename
    id
    versionName
    versionLabel
    state
    stopReason
    isFinished
    attempt
    device
    lastSequence
    queuePosition
    expectedStartAt
    waitingFor
    createdAt
    startedAt
    finishedAt
    failure {
      ...TrainingFailureFields
    }
    progress {
      phase
      currentEpoch
      done
      total
      imagesPerSecond
      etaSeconds
    }
    config {
      ...TrainingConfigFields
    }
    datasetVersion {
      id
      name
    }
    modelVersion {
      id
      name
    }
  }
`);

graphql(`
  fragment TrainingFlavorFields on TrainingFlavor {
    id
    name
    device
    memoryGib
    maxParallel
    liveWorkers
    runningTrainings
    queueLength
    expectedWaitSeconds
  }
`);

const flavorsDocument = graphql(`
  query TrainingFlavors {
    trainingFlavors {
      ...TrainingFlavorFields
    }
  }
`);

const listDocument = graphql(`
  query Trainings($projectId: ID!, $first: Int, $after: String) {
    trainings(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...TrainingFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query Training($id: ID!) {
    training(id: $id) {
      ...TrainingFields
    }
  }
`);

const startDocument = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) {
      ...TrainingFields
      ...UserErrorFields
    }
  }
`);

const stopDocument = graphql(`
  mutation StopTraining($id: ID!) {
    stopTraining(id: $id) {
      ...TrainingFields
      ...UserErrorFields
    }
  }
`);

const cancelDocument = graphql(`
  mutation CancelTraining($id: ID!) {
    cancelTraining(id: $id) {
      ...TrainingFields
      ...UserErrorFields
    }
  }
`);

const updateConfigDocument = graphql(`
  mutation UpdateTrainingConfig($projectId: ID!, $input: TrainingConfigInput!) {
    updateTrainingConfig(projectId: $projectId, input: $input) {
      ...TrainingConfigFields
      ...UserErrorFields
    }
  }
`);

export type Training = TrainingFieldsFragment;
export type TrainingConfig = TrainingConfigFieldsFragment;
export type TrainingFlavor = TrainingFlavorsQuery['trainingFlavors'][number];
export type StartTrainingResult = StartTrainingMutation['startTraining'];
export type StopTrainingResult = StopTrainingMutation['stopTraining'];
export type CancelTrainingResult = CancelTrainingMutation['cancelTraining'];
export type UpdateTrainingConfigResult = UpdateTrainingConfigMutation['updateTrainingConfig'];

export const trainingOperations = (connection: Connection) => ({
  /** The pools of workers and how they stand; the first is the default. */
  flavors: async (options?: CallOptions): Promise<readonly TrainingFlavor[]> =>
    (await connection.request(flavorsDocument, {}, options)).trainingFlavors,

  /** Newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<Training> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).trainings,
      options,
    ),

  get: async (id: string, options?: CallOptions): Promise<Training | null> =>
    (await connection.request(getDocument, { id }, options)).training,

  /**
   * Publishes a dataset version from the labels as they are and queues a training on it. An idempotency key is made where none is
   * given, so that a lost answer is asked for again and never starts a second training.
   */
  start: async (input: StartTrainingInput, options?: CallOptions): Promise<StartTrainingResult> => {
    const idempotencyKey = input.idempotencyKey ?? randomUuid();
    return (
      await connection.request(startDocument, { input: { ...input, idempotencyKey } }, { repeatable: true, ...options })
    ).startTraining;
  },

  /** Ends a running training early and keeps the best model so far. */
  stop: async (id: string, options?: CallOptions): Promise<StopTrainingResult> =>
    (await connection.request(stopDocument, { id }, options)).stopTraining,

  /** Ends a training without a model. */
  cancel: async (id: string, options?: CallOptions): Promise<CancelTrainingResult> =>
    (await connection.request(cancelDocument, { id }, options)).cancelTraining,

  /** Saves defaults for the project's next trainings. */
  updateConfig: async (
    projectId: string,
    input: TrainingConfigInput,
    options?: CallOptions,
  ): Promise<UpdateTrainingConfigResult> =>
    (await connection.request(updateConfigDocument, { projectId, input }, { repeatable: true, ...options }))
      .updateTrainingConfig,
});
