import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  ImportItemsQuery,
  ImportOutcome,
  PreviewImportInput,
  PreviewImportMutation,
  StartImportInput,
  StartImportMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { randomUuid } from '../random-uuid.ts';
import type { UploadSource } from '../uploads/blob-of.ts';
import { sendImport, type SendImportResult } from '../uploads/send-import.ts';

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

export type ImportItem = NonNullable<
  Extract<NonNullable<ImportItemsQuery['transfer']>, { readonly items: unknown }>
>['items']['nodes'][number];
export type PreviewImportResult = PreviewImportMutation['previewImport'];
export type ImportPreview = Extract<PreviewImportResult, { readonly __typename: 'ImportPreview' }>;
export type StartImportResult = StartImportMutation['startImport'];

/** The part of `transfers` that brings something in. */
export const importOperations = (connection: Connection) => ({
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

  /** What became of everything that an import found, by index. @throws {ResultError} NOT_FOUND when there is no such import. */
  items: (
    id: string,
    { outcome, ...options }: PageOptions & { readonly outcome?: ImportOutcome | undefined } = {},
  ): Pages<ImportItem> =>
    new Pages(async ({ signal, ...page }) => {
      const { transfer } = await connection.request(itemsDocument, { id, outcome, ...page }, { signal });
      return transfer && 'items' in transfer ? transfer.items : null;
    }, options),
});
