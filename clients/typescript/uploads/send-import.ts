import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { CreateImportUploadMutation } from '../generated/graphql.ts';
import { hasMistake, type Mistake } from '../result.ts';
import { blobOf, type UploadSource } from './blob-of.ts';
import { putBlob } from './put-blob.ts';

const createUploadDocument = graphql(`
  mutation CreateImportUpload($input: CreateImportUploadInput!) {
    createImportUpload(input: $input) {
      ... on CreatedImportUpload {
        __typename
        uploadUrl
        upload {
          __typename
          id
          fileName
          expiresAt
        }
      }
      ...UserErrorFields
    }
  }
`);

type CreateImportUploadResult = CreateImportUploadMutation['createImportUpload'];
export type ImportUpload = Extract<CreateImportUploadResult, { readonly __typename: 'CreatedImportUpload' }>['upload'];
/** The upload, whose bytes have arrived; or why there is none. */
export type SendImportResult = ImportUpload | Mistake<CreateImportUploadResult>;

/** Announces an archive or a document of labels and sends its bytes. @throws {ExemplarError} */
export async function sendImport(
  connection: Connection,
  projectId: string,
  source: UploadSource,
  { fileName, ...options }: CallOptions & { readonly fileName?: string | undefined } = {},
): Promise<SendImportResult> {
  const named = await blobOf(source);
  const input = { projectId, fileName: fileName ?? named.fileName ?? 'import', byteSize: named.blob.size };
  const { createImportUpload: announced } = await connection.request(
    createUploadDocument,
    { input },
    // Announced twice is harmless: what is never sent expires.
    { repeatable: true, ...options },
  );
  if (hasMistake(announced)) return announced;
  await putBlob(connection, announced.uploadUrl, named.blob, [], options.signal);
  return announced.upload;
}
