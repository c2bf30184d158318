import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  AddPredictionsToProjectInput,
  AddPredictionsToProjectMutation,
  ServedPredictionFilter,
  ServedPredictionsQuery,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

const listDocument = graphql(`
  query ServedPredictions($deploymentId: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) {
    deployment(id: $deploymentId) {
      predictions(filter: $filter, first: $first, after: $after) {
        nodes {
          id
          fileName
          decision
          uncertainty
          createdAt
          expiresAt
          imageId
          pictureUrl
          modelVersion {
            id
            name
          }
          scores {
            labelId
            labelName
            probability
            isPredicted
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

const addDocument = graphql(`
  mutation AddPredictionsToProject($input: AddPredictionsToProjectInput!) {
    addPredictionsToProject(input: $input) {
      ... on AddPredictionsPayload {
        __typename
        results {
          ... on AddedPrediction {
            __typename
            isNew
            image {
              ...ImageFields
            }
          }
          ... on PredictionNotAdded {
            __typename
            predictionId
            error {
              ...UserErrorFields
            }
          }
        }
      }
      ...UserErrorFields
    }
  }
`);

export type ServedPrediction = NonNullable<ServedPredictionsQuery['deployment']>['predictions']['nodes'][number];
export type AddPredictionsToProjectResult = AddPredictionsToProjectMutation['addPredictionsToProject'];

/** Pages are smaller than others: scores make them dear, and the server limits what one operation costs. */
const largestPage = 20;

export const servedPredictionOperations = (connection: Connection) => ({
  /** What a deployment has kept of its calls, the most uncertain first. @throws {ResultError} NOT_FOUND when there is no such deployment. */
  list: (
    deploymentId: string,
    { filter, ...options }: PageOptions & { readonly filter?: ServedPredictionFilter | undefined } = {},
  ): Pages<ServedPrediction> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { deploymentId, filter, ...page }, { signal })).deployment?.predictions,
      { pageSize: largestPage, ...options },
    ),

  /** Makes images of up to 100 of them, to be labelled. */
  addToProject: async (
    input: AddPredictionsToProjectInput,
    options?: CallOptions,
  ): Promise<AddPredictionsToProjectResult> =>
    (await connection.request(addDocument, { input }, { repeatable: true, ...options })).addPredictionsToProject,
});
