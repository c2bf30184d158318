import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { callDeployment, type CallDeploymentOptions, type DeploymentAnswer } from '../deployments/call-deployment.ts';
import { graphql } from '../generated/gql.ts';
import type {
  CreateDeploymentTokenInput,
  CreateDeploymentTokenMutation,
  DeleteDeploymentMutation,
  DeploymentFieldsFragment,
  DeploymentHistoryQuery,
  DeploymentStatisticsQuery,
  DeployModelInput,
  DeployModelMutation,
  RollbackDeploymentMutation,
  StartDeploymentMutation,
  StopDeploymentMutation,
  UpdateDeploymentInput,
  UpdateDeploymentMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import type { UploadFile } from '../uploads/upload-images.ts';

graphql(`
  fragment DeploymentFields on Deployment {
    __typename
    id
    name
    url
    state
    stopCause
    errorMessage
    acceptFrom
    autoStopHours
    idleStopMinutes
    storeHours
    createdAt
    startedAt
    stopsAt
    modelVersion {
      id
      name
    }
    candidate {
      mode
      percent
      modelVersion {
        id
        name
      }
    }
  }
`);

const listDocument = graphql(`
  query Deployments($projectId: ID!, $first: Int, $after: String) {
    deployments(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...DeploymentFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query Deployment($id: ID!) {
    deployment(id: $id) {
      ...DeploymentFields
    }
  }
`);

const statisticsDocument = graphql(`
  query DeploymentStatistics($id: ID!, $minutes: Int) {
    deployment(id: $id) {
      totals {
        modelVersionId
        invocations
        failures
        pictures
        compared
        agreementRate
        lastInvokedAt
      }
      window(minutes: $minutes) {
        invocations
        failures
        latencies {
          p50
          p95
          p99
        }
      }
    }
  }
`);

const historyDocument = graphql(`
  query DeploymentHistory($id: ID!, $first: Int, $after: String) {
    deployment(id: $id) {
      history(first: $first, after: $after) {
        nodes {
          sequence
          kind
          changedAt
          changedBy
          state
          stopCause
          modelVersion {
            id
            name
          }
          candidate {
            mode
            percent
            modelVersion {
              id
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const deployDocument = graphql(`
  mutation DeployModel($input: DeployModelInput!) {
    deployModel(input: $input) {
      ...DeploymentFields
      ...UserErrorFields
    }
  }
`);

const updateDocument = graphql(`
  mutation UpdateDeployment($input: UpdateDeploymentInput!) {
    updateDeployment(input: $input) {
      ...DeploymentFields
      ...UserErrorFields
    }
  }
`);

const rollbackDocument = graphql(`
  mutation RollbackDeployment($id: ID!) {
    rollbackDeployment(id: $id) {
      ...DeploymentFields
      ...UserErrorFields
    }
  }
`);

const startDocument = graphql(`
  mutation StartDeployment($id: ID!) {
    startDeployment(id: $id) {
      ...DeploymentFields
      ...UserErrorFields
    }
  }
`);

const stopDocument = graphql(`
  mutation StopDeployment($id: ID!) {
    stopDeployment(id: $id) {
      ...DeploymentFields
      ...UserErrorFields
    }
  }
`);

const deleteDocument = graphql(`
  mutation DeleteDeployment($id: ID!) {
    deleteDeployment(id: $id) {
      ... on DeletedDeployment {
        __typename
        id
        name
      }
      ...UserErrorFields
    }
  }
`);

const createTokenDocument = graphql(`
  mutation CreateDeploymentToken($input: CreateDeploymentTokenInput!) {
    createDeploymentToken(input: $input) {
      ... on CreatedAccessToken {
        __typename
        token
        accessToken {
          ...AccessTokenFields
        }
      }
      ...UserErrorFields
    }
  }
`);

export type Deployment = DeploymentFieldsFragment;
export type DeploymentChange = NonNullable<DeploymentHistoryQuery['deployment']>['history']['nodes'][number];
export type DeploymentStatistics = NonNullable<DeploymentStatisticsQuery['deployment']>;
export type DeployModelResult = DeployModelMutation['deployModel'];
export type UpdateDeploymentResult = UpdateDeploymentMutation['updateDeployment'];
export type RollbackDeploymentResult = RollbackDeploymentMutation['rollbackDeployment'];
export type StartDeploymentResult = StartDeploymentMutation['startDeployment'];
export type StopDeploymentResult = StopDeploymentMutation['stopDeployment'];
export type DeleteDeploymentResult = DeleteDeploymentMutation['deleteDeployment'];
export type CreateDeploymentTokenResult = CreateDeploymentTokenMutation['createDeploymentToken'];

export const deploymentOperations = (connection: Connection) => ({
  /** Newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<Deployment> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).deployments,
      options,
    ),

  get: async (id: string, options?: CallOptions): Promise<Deployment | null> =>
    (await connection.request(getDocument, { id }, options)).deployment,

  /** Calls by version since the beginning, and those of the last minutes (1 to 1440, default 60). */
  statistics: async (
    id: string,
    { minutes, ...options }: CallOptions & { readonly minutes?: number | undefined } = {},
  ): Promise<DeploymentStatistics | null> =>
    (await connection.request(statisticsDocument, { id, minutes }, options)).deployment,

  /** Every change, newest first. @throws {ResultError} NOT_FOUND when there is no such deployment. */
  history: (id: string, options?: PageOptions): Pages<DeploymentChange> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(historyDocument, { id, ...page }, { signal })).deployment?.history,
      options,
    ),

  /** Puts a model version into service: `DEPLOYING` at first, then `RUNNING` or `FAILED`. */
  deploy: async (input: DeployModelInput, options?: CallOptions): Promise<DeployModelResult> =>
    (await connection.request(deployDocument, { input }, options)).deployModel,

  /** Points it at other versions or changes its settings; what is left out is kept. */
  update: async (input: UpdateDeploymentInput, options?: CallOptions): Promise<UpdateDeploymentResult> =>
    (await connection.request(updateDocument, { input }, { repeatable: true, ...options })).updateDeployment,

  /** Back to the versions that answered before the last change of versions; once more, and it is undone. */
  rollback: async (id: string, options?: CallOptions): Promise<RollbackDeploymentResult> =>
    (await connection.request(rollbackDocument, { id }, options)).rollbackDeployment,

  /** Starts one that is stopped or has failed; its hours count anew. */
  start: async (id: string, options?: CallOptions): Promise<StartDeploymentResult> =>
    (await connection.request(startDocument, { id }, options)).startDeployment,

  /** From now on calls are refused; those under way get their answer. */
  stop: async (id: string, options?: CallOptions): Promise<StopDeploymentResult> =>
    (await connection.request(stopDocument, { id }, options)).stopDeployment,

  delete: async (id: string, options?: CallOptions): Promise<DeleteDeploymentResult> =>
    (await connection.request(deleteDocument, { id }, options)).deleteDeployment,

  /** A token that calls one deployment and can do nothing else; its text is in the answer this once. */
  createToken: async (input: CreateDeploymentTokenInput, options?: CallOptions): Promise<CreateDeploymentTokenResult> =>
    (await connection.request(createTokenDocument, { input }, options)).createDeploymentToken,

  /**
   * Asks a deployment by its name, over plain HTTP, about 1 to 64 pictures: a result or a mistake for each, in their order. A server that
   * is busy is asked again. @throws {ResultError} NOT_FOUND, INVALID_STATE, LIMIT_EXCEEDED {@link UnauthenticatedError}
   */
  predict: (
    name: string,
    pictures: readonly UploadFile[],
    options?: CallDeploymentOptions,
  ): Promise<DeploymentAnswer> => callDeployment(connection, name, pictures, options),
});
