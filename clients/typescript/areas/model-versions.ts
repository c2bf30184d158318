import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  ModelVersionFieldsFragment,
  ModelVersionQuery,
  VerifyModelVersionMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { evaluationOperations } from './evaluations.ts';

graphql(`
  fragment ModelVersionFields on ModelVersion {
    __typename
    id
    name
    versionNumber
    baseModel
    baseModelSha256
    modelBytes
    modelSha256
    createdAt
    evaluation {
      accuracy
      imageCount
      macro {
        precision
        recall
        f1
      }
    }
    training {
      id
      versionLabel
    }
  }
`);

const listDocument = graphql(`
  query ModelVersions($projectId: ID!, $first: Int, $after: String) {
    modelVersions(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...ModelVersionFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query ModelVersion($id: ID!) {
    modelVersion(id: $id) {
      ...ModelVersionFields
      modelUrl
      unfamiliarityThreshold
      classes {
        labelId
        name
        threshold
      }
      recipe {
        stage
        epoch
        epochs
        inputSize
        version
        device
      }
      phases {
        phase
        seconds
      }
      forgetting {
        labelId
        labelName
        recallBefore
        recallAfter
        support
      }
    }
  }
`);

const verifyDocument = graphql(`
  mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {
    verifyModelVersion(id: $id, fromFile: $fromFile) {
      ... on ModelVerification {
        __typename
        isEqual
        imageCount
        contradictingImageIds
        differences {
          figure
          stored
          found
        }
        file {
          isUnchanged
          isWithinTolerance
          largestDifference
          imageCount
          unreadableCount
        }
        modelVersion {
          id
          name
        }
      }
      ...UserErrorFields
    }
  }
`);

export type ModelVersion = ModelVersionFieldsFragment;
export type ModelVersionDetails = NonNullable<ModelVersionQuery['modelVersion']>;
export type VerifyModelVersionResult = VerifyModelVersionMutation['verifyModelVersion'];

export const modelVersionOperations = (connection: Connection) => ({
  ...evaluationOperations(connection),

  /** Newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<ModelVersion> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).modelVersions,
      options,
    ),

  /** With its classes, its recipe and the signed address of its ONNX file, good for an hour. */
  get: async (id: string, options?: CallOptions): Promise<ModelVersionDetails | null> =>
    (await connection.request(getDocument, { id }, options)).modelVersion,

  /** Counts the stored evaluation again from the stored answers, and asks the file too where `fromFile` says so. Changes nothing. */
  verify: async (
    id: string,
    { fromFile, ...options }: CallOptions & { readonly fromFile?: boolean | undefined } = {},
  ): Promise<VerifyModelVersionResult> =>
    (await connection.request(verifyDocument, { id, fromFile }, { repeatable: true, ...options })).verifyModelVersion,

  /** The ONNX file; null when there is no such model version. */
  download: async (id: string, options?: CallOptions): Promise<Blob | null> => {
    const version = (await connection.request(getDocument, { id }, options)).modelVersion;
    return version && connection.download(version.modelUrl, options);
  },
});
