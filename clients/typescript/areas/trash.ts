import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  EmptyTrashMutation,
  RestoreImagesInput,
  RestoreImagesMutation,
  RestoreLabelsInput,
  RestoreLabelsMutation,
  TrashKind,
  TrashQuery,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

const listDocument = graphql(`
  query Trash($projectId: ID!, $kind: TrashKind, $first: Int, $after: String) {
    project(id: $projectId) {
      trash(kind: $kind, first: $first, after: $after) {
        nodes {
          __typename
          deletedAt
          deletedById
          deletedByName
          expiresAt
          ... on TrashedImage {
            image {
              ...ImageFields
            }
          }
          ... on TrashedLabel {
            label {
              ...LabelFields
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

const restoreImagesDocument = graphql(`
  mutation RestoreImages($input: RestoreImagesInput!) {
    restoreImages(input: $input) {
      ... on RestoreImagesPayload {
        __typename
        project {
          ...ProjectFields
        }
        results {
          ... on RestoredImage {
            __typename
            image {
              ...ImageFields
            }
          }
          ... on ImageRestoreRefused {
            __typename
            imageId
            existing {
              ...ImageFields
            }
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

const restoreLabelsDocument = graphql(`
  mutation RestoreLabels($input: RestoreLabelsInput!) {
    restoreLabels(input: $input) {
      ... on RestoreLabelsPayload {
        __typename
        project {
          ...ProjectFields
        }
        results {
          ... on RestoredLabel {
            __typename
            label {
              ...LabelFields
            }
          }
          ... on LabelRestoreRefused {
            __typename
            labelId
            existing {
              ...LabelFields
            }
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

const emptyDocument = graphql(`
  mutation EmptyTrash($projectId: ID!) {
    emptyTrash(projectId: $projectId) {
      ...ProjectFields
      ...UserErrorFields
    }
  }
`);

export type TrashItem = NonNullable<TrashQuery['project']>['trash']['nodes'][number];
export type RestoreImagesResult = RestoreImagesMutation['restoreImages'];
export type RestoreLabelsResult = RestoreLabelsMutation['restoreLabels'];
export type EmptyTrashResult = EmptyTrashMutation['emptyTrash'];

export const trashOperations = (connection: Connection) => ({
  /** Deleted images and labels that can still be restored, last deleted first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (
    projectId: string,
    { kind, ...options }: PageOptions & { readonly kind?: TrashKind | undefined } = {},
  ): Pages<TrashItem> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, kind, ...page }, { signal })).project?.trash,
      options,
    ),

  /** Up to 1,000, with the labels that they carried. */
  restoreImages: async (input: RestoreImagesInput, options?: CallOptions): Promise<RestoreImagesResult> =>
    (await connection.request(restoreImagesDocument, { input }, options)).restoreImages,

  /** Up to 100; they come back on the images that carried them. */
  restoreLabels: async (input: RestoreLabelsInput, options?: CallOptions): Promise<RestoreLabelsResult> =>
    (await connection.request(restoreLabelsDocument, { input }, options)).restoreLabels,

  /** Deletes for good what is in the trash. There is no way back. */
  empty: async (projectId: string, options?: CallOptions): Promise<EmptyTrashResult> =>
    (await connection.request(emptyDocument, { projectId }, { repeatable: true, ...options })).emptyTrash,
});
