import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  ExportAddressQuery,
  ModelExportFormat,
  StartExportInput,
  StartExportMutation,
  StartModelExportMutation,
} from '../generated/graphql.ts';
import { randomUuid } from '../random-uuid.ts';

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

const addressDocument = graphql(`
  query ExportAddress($id: ID!) {
    transfer(id: $id) {
      ... on DatasetExport {
        downloadUrl
      }
      ... on ModelExport {
        bundle {
          url
        }
      }
    }
  }
`);

export type StartExportResult = StartExportMutation['startExport'];
export type StartModelExportResult = StartModelExportMutation['startModelExport'];

/** The part of `transfers` that takes something out. */
export const exportOperations = (connection: Connection) => ({
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

  /**
   * The archive of an export that is complete, as it comes; null when there is none: of an import, before the end, after its deletion.
   * @throws {ConnectionError}
   */
  download: async (id: string, options?: CallOptions): Promise<ReadableStream<Uint8Array> | null> => {
    const address = addressOf((await connection.request(addressDocument, { id }, options)).transfer);
    return address === undefined ? null : connection.openDownload(address, options);
  },
});

function addressOf(transfer: ExportAddressQuery['transfer']): string | undefined {
  if (!transfer) return undefined;
  if ('downloadUrl' in transfer) return transfer.downloadUrl ?? undefined;
  return 'bundle' in transfer ? transfer.bundle?.url : undefined;
}
