import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  DatasetChangeKind,
  DatasetVersionChangesQuery,
  DatasetVersionDiffQuery,
  DatasetVersionFieldsFragment,
  PublishDatasetVersionInput,
  PublishDatasetVersionMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment DatasetClassFields on DatasetClass {
    classIndex
    labelId
    name
    color
    trainCount
    validationCount
    testCount
  }
`);

graphql(`
  fragment DatasetVersionFields on DatasetVersion {
    __typename
    id
    name
    contentSha256
    imageCount
    trainCount
    validationCount
    testCount
    trainRatio
    testRatio
    seed
    createdAt
  }
`);

const listDocument = graphql(`
  query DatasetVersions($projectId: ID!, $first: Int, $after: String) {
    datasetVersions(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...DatasetVersionFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query DatasetVersion($id: ID!) {
    datasetVersion(id: $id) {
      ...DatasetVersionFields
      classes {
        ...DatasetClassFields
      }
    }
  }
`);

const publishDocument = graphql(`
  mutation PublishDatasetVersion($input: PublishDatasetVersionInput!) {
    publishDatasetVersion(input: $input) {
      ... on PublishedDatasetVersion {
        __typename
        outcome
        datasetVersion {
          ...DatasetVersionFields
        }
      }
      ...UserErrorFields
    }
  }
`);

const diffDocument = graphql(`
  query DatasetVersionDiff($fromId: ID!, $toId: ID!) {
    datasetVersionDiff(fromId: $fromId, toId: $toId) {
      addedCount
      removedCount
      relabelledCount
      movedCount
      classes {
        labelId
        before {
          ...DatasetClassFields
        }
        after {
          ...DatasetClassFields
        }
      }
    }
  }
`);

const changesDocument = graphql(`
  query DatasetVersionChanges($fromId: ID!, $toId: ID!, $kind: DatasetChangeKind!, $first: Int, $after: String) {
    datasetVersionDiff(fromId: $fromId, toId: $toId) {
      changes(kind: $kind, first: $first, after: $after) {
        nodes {
          imageId
          sha256
          annotatedById
          annotatedByName
          before {
            split
            labels {
              labelId
              name
            }
          }
          after {
            split
            labels {
              labelId
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

export type DatasetVersion = DatasetVersionFieldsFragment;
export type DatasetVersionDiff = NonNullable<DatasetVersionDiffQuery['datasetVersionDiff']>;
export type DatasetVersionChange = NonNullable<
  DatasetVersionChangesQuery['datasetVersionDiff']
>['changes']['nodes'][number];
export type PublishDatasetVersionResult = PublishDatasetVersionMutation['publishDatasetVersion'];

export const datasetVersionOperations = (connection: Connection) => ({
  /** Newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<DatasetVersion> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).datasetVersions,
      options,
    ),

  /** With its classes. */
  get: async (id: string, options?: CallOptions) =>
    (await connection.request(getDocument, { id }, options)).datasetVersion,

  /** Freezes the labelled images with the split of each; `trainings.start` does the same by itself. */
  publish: async (input: PublishDatasetVersionInput, options?: CallOptions): Promise<PublishDatasetVersionResult> =>
    (await connection.request(publishDocument, { input }, options)).publishDatasetVersion,

  /** What changed between two, in numbers; null when the viewer may not see one of them, or they are of two projects. */
  diff: async (fromId: string, toId: string, options?: CallOptions): Promise<DatasetVersionDiff | null> =>
    (await connection.request(diffDocument, { fromId, toId }, options)).datasetVersionDiff,

  /** What changed between two, image by image. @throws {ResultError} NOT_FOUND where `diff` is null. */
  changes: (
    fromId: string,
    toId: string,
    kind: DatasetChangeKind,
    options?: PageOptions,
  ): Pages<DatasetVersionChange> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(changesDocument, { fromId, toId, kind, ...page }, { signal })).datasetVersionDiff
          ?.changes,
      options,
    ),
});
