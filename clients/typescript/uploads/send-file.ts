import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import type { CreateImageUploadsMutation } from '../generated/graphql.ts';
import { hasMistake, type Mistake } from '../result.ts';
import type { UserError } from '../areas/user-error.ts';
import { createUploadsDocument } from './documents.ts';
import { openFile } from './open-file.ts';
import { putBlob } from './put-blob.ts';
import type { UploadFile } from './upload-images.ts';

/** An upload whose bytes have arrived, and which is no image; or why there is none. */
export type SendFileResult =
  | { readonly __typename: 'SentFile'; readonly uploadId: string }
  | Mistake<CreateImageUploadsMutation['createImageUploads']>
  | UserError;

/** Announces one picture and sends its bytes. @throws {ExemplarError} when it cannot be read or sent. */
export async function sendFile(
  connection: Connection,
  projectId: string,
  file: UploadFile,
  { signal }: CallOptions = {},
): Promise<SendFileResult> {
  const { blob, fileName = 'image' } = await openFile(file);
  const { createImageUploads: announced } = await connection.request(
    createUploadsDocument,
    { input: { projectId, files: [{ fileName, byteSize: blob.size }] } },
    { signal, repeatable: true },
  );
  if (hasMistake(announced)) return announced;
  const upload = announced.results[0]!;
  if (upload.__typename === 'UploadRefused') return upload.error;
  await putBlob(connection, upload.uploadUrl, blob, upload.headers, signal);
  return { __typename: 'SentFile', uploadId: upload.id };
}
