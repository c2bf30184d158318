import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  CancelTransferMutation,
  ImportItemsQuery,
  ImportOutcome,
  ModelExportFormat,
  PreviewImportInput,
  PreviewImportMutation,
  StartExportInput,
  StartExportMutation,
  StartImportInput,
  StartImportMutation,
  StartModelExportMutation,
  TransferFieldsFragment,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { randomUuid } from '../random-uuid.ts';
import type { UploadSource } from '../uploads/blob-of.ts';
import { sendImport, type SendImportResult } from '../uploads/send-import.ts';

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

const itemsDocument = graphql(`
  query ImportItems($id: ID!, $outcome: ImportOutcome, $first: Int, $after: String) {
    transfer(id: $id) {
      ... on ImageImport {
        items(outcome: $outcome, first: $first, after: $after) {
          nodes {
            index
            path
            outcome
            imageId
            code
            message
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

const previewDocument = graphql(`
  mutation PreviewImport($input: PreviewImportInput!) {
    previewImport(input: $input) {
      ... on ImportPreview {
        __typename
        format
        reason
        isComplete
        imageCount
        labelledCount
        unlabelledCount
        elsewhereCount
        problemCount
        labels {
          name
          imageCount
        }
        splits {
          split
          imageCount
        }
        problemsByCode {
          code
          count
        }
        problems {
          path
          code
          message
        }
      }
      ...UserErrorFields
    }
  }
`);

const startImportDocument = graphql(`
  mutation StartImport($input: StartImportInput!) {
    startImport(input: $input) {
      ...TransferFields
      ...UserErrorFields
    }
  }
`);

const startExportDocument = graphql(`
  mutation StartExport($input: StartExportInput!) {
    startExport(input: $input) {
      ...TransferFields
      ...UserErrorFields
    }
  }
`);

const startModelExportDocument = graphql(`
  mutation StartModelExport($modelVersionId: ID!, $format: ModelExportFormat!, $idempotencyKey: String) {
    startModelExport(modelVersionId: $modelVersionId, format: $format, idempotencyKey: $idempotencyKey) {
      ...TransferFields
      ...UserErrorFields
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
export type ImportItem = NonNullable<
  Extract<NonNullable<ImportItemsQuery['transfer']>, { readonly items: unknown }>
>['items']['nodes'][number];
export type PreviewImportResult = PreviewImportMutation['previewImport'];
export type ImportPreview = Extract<PreviewImportResult, { readonly __typename: 'ImportPreview' }>;
export type StartImportResult = StartImportMutation['startImport'];
export type StartExportResult = StartExportMutation['startExport'];
export type StartModelExportResult = StartModelExportMutation['startModelExport'];
export type CancelTransferResult = CancelTransferMutation['cancelTransfer'];

/** Pages of transfers are smaller than others: the server limits what one operation costs. */
const largestPage = 20;

export const transferOperations = (connection: Connection) => ({
  /** Imports and exports, newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<Transfer> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).transfers,
      { pageSize: largestPage, ...options },
    ),

  get: async (id: string, options?: CallOptions): Promise<Transfer | null> =>
    (await connection.request(getDocument, { id }, options)).transfer,

  /** What became of everything that an import found, by index. @throws {ResultError} NOT_FOUND when there is no such import. */
  items: (
    id: string,
    { outcome, ...options }: PageOptions & { readonly outcome?: ImportOutcome | undefined } = {},
  ): Pages<ImportItem> =>
    new Pages(async ({ signal, ...page }) => {
      const { transfer } = await connection.request(itemsDocument, { id, outcome, ...page }, { signal });
      return transfer && 'items' in transfer ? transfer.items : null;
    }, options),

  /**
   * Announces an archive or a document of labels and sends its bytes, as they are read from the disk where the source is a path. It can be
   * previewed and imported for 24 hours. @throws {ExemplarError} when it cannot be read or sent.
   */
  upload: (
    projectId: string,
    source: UploadSource,
    options?: CallOptions & { readonly fileName?: string | undefined },
  ): Promise<SendImportResult> => sendImport(connection, projectId, source, options),

  /** What an import would find. Writes nothing. */
  preview: async (input: PreviewImportInput, options?: CallOptions): Promise<PreviewImportResult> =>
    (await connection.request(previewDocument, { input }, { repeatable: true, ...options })).previewImport,

  /** Has a worker bring pictures and labels into a project. An idempotency key is made where none is given. */
  startImport: async (input: StartImportInput, options?: CallOptions): Promise<StartImportResult> => {
    const idempotencyKey = input.idempotencyKey ?? randomUuid();
    return (
      await connection.request(
        startImportDocument,
        { input: { ...input, idempotencyKey } },
        { repeatable: true, ...options },
      )
    ).startImport;
  },

  /** Has a worker make an archive of a dataset version or of the current labels. An idempotency key is made where none is given. */
  startExport: async (input: StartExportInput, options?: CallOptions): Promise<StartExportResult> => {
    const idempotencyKey = input.idempotencyKey ?? randomUuid();
    return (
      await connection.request(
        startExportDocument,
        { input: { ...input, idempotencyKey } },
        { repeatable: true, ...options },
      )
    ).startExport;
  },

  /** Has a worker make the bundle of a model version, of which there is one: whoever asks again gets the same. */
  startModelExport: async (
    modelVersionId: string,
    {
      format = 'ONNX',
      idempotencyKey,
      ...options
    }: CallOptions & {
      readonly format?: ModelExportFormat | undefined;
      readonly idempotencyKey?: string | undefined;
    } = {},
  ): Promise<StartModelExportResult> =>
    (
      await connection.request(
        startModelExportDocument,
        { modelVersionId, format, idempotencyKey: idempotencyKey ?? randomUuid() },
        { repeatable: true, ...options },
      )
    ).startModelExport,

  /** Ends an import or export. What an import has brought until then stays. */
  cancel: async (id: string, options?: CallOptions): Promise<CancelTransferResult> =>
    (await connection.request(cancelDocument, { id }, options)).cancelTransfer,

  /**
   * The archive of an export that is complete, as it comes; null when there is none: of an import, before the end, after its deletion.
   * @throws {ConnectionError}
   */
  download: async (id: string, options?: CallOptions): Promise<ReadableStream<Uint8Array> | null> => {
    const { transfer } = await connection.request(getDocument, { id }, options);
    const address =
      transfer?.__typename === 'DatasetExport'
        ? transfer.downloadUrl
        : transfer?.__typename === 'ModelExport'
          ? transfer.bundle?.url
          : undefined;
    return address ? connection.openDownload(address, options) : null;
  },
});
