import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { CancelTransferMutation, TransferFieldsFragment } from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { exportOperations } from './exports.ts';
import { importOperations } from './imports.ts';

graphql(`
  fragment TransferFailureFields on TransferFailure {
    __typename
    code
    message
    hint
    isRetryable
  }
`);

graphql(`
  fragment TransferFields on Transfer {
    __typename
    id
    state
    isFinished
    isCancelRequested
    attempt
    lastSequence
    createdAt
    startedAt
    finishedAt
    failure {
      ...TransferFailureFields
    }
    progress {
      phase
      done
      total
      perSecond
      etaSeconds
    }
    project {
      id
      name
    }
    ... on ImageImport {
      format
      createdLabelCount
      reportUrl
      counts {
        created
        duplicate
        labelled
        skipped
        refused
      }
    }
    ... on DatasetExport {
      exportFormat
      includesImages
      includesUnlabelled
      sourcePrefix
      labelsOf
      imageCount
      byteSize
      expiresAt
      downloadUrl
      losses {
        kind
        count
        firstSource
        message
      }
      datasetVersion {
        id
        name
      }
    }
    ... on ModelExport {
      modelVersion {
        id
        name
      }
      bundle {
        url
        bytes
        sha256
        modelBytes
        accuracy
        parity
        wholeParity
        imageCount
        unreadableCount
        int8 {
          isIncluded
          bytes
          accuracy
          drop
          allowedDrop
        }
      }
    }
  }
`);

const listDocument = graphql(`
  query Transfers($projectId: ID!, $first: Int, $after: String) {
    transfers(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...TransferFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query Transfer($id: ID!) {
    transfer(id: $id) {
      ...TransferFields
    }
  }
`);

const cancelDocument = graphql(`
  mutation CancelTransfer($id: ID!) {
    cancelTransfer(id: $id) {
      ... on CancelTransferPayload {
        __typename
        transfer {
          ...TransferFields
        }
      }
      ...UserErrorFields
    }
  }
`);

/** An import or export, told apart by `__typename`: `ImageImport`, `DatasetExport`, `ModelExport`. */
export type Transfer = TransferFieldsFragment;
export type ImageImport = Extract<Transfer, { readonly __typename: 'ImageImport' }>;
export type DatasetExport = Extract<Transfer, { readonly __typename: 'DatasetExport' }>;
export type ModelExport = Extract<Transfer, { readonly __typename: 'ModelExport' }>;
export type CancelTransferResult = CancelTransferMutation['cancelTransfer'];

/** Pages of transfers are smaller than others: the server limits what one operation costs. */
const largestPage = 20;

export const transferOperations = (connection: Connection) => ({
  ...importOperations(connection),
  ...exportOperations(connection),

  /** Imports and exports, newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<Transfer> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).transfers,
      { pageSize: largestPage, ...options },
    ),

  get: async (id: string, options?: CallOptions): Promise<Transfer | null> =>
    (await connection.request(getDocument, { id }, options)).transfer,

  /** Ends an import or export. What an import has brought until then stays. */
  cancel: async (id: string, options?: CallOptions): Promise<CancelTransferResult> =>
    (await connection.request(cancelDocument, { id }, options)).cancelTransfer,
});
