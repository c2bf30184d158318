import { graphql, type Endpoint } from './graphql-client.ts';
import type { LabelledPicture, SkippedFile } from './picture-set.ts';

/** The service takes up to 100 at once; fewer show progress sooner. */
const batchSize = 25;
const transfersInFlight = 4;

export interface UploadedPicture {
  readonly picture: LabelledPicture;
  readonly imageId: string;
}

interface Announced {
  readonly picture: LabelledPicture;
  readonly uploadId: string;
}

interface UserErrorFields {
  readonly message: string;
}

const announceDocument = `mutation Announce($input: CreateImageUploadsInput!) {
  createImageUploads(input: $input) {
    __typename
    ... on UserError { code message }
    ... on CreateImageUploadsPayload {
      results {
        ... on ImageUpload { id uploadUrl headers { name value } }
        ... on UploadRefused { error { message } }
      }
    }
  }
}`;

const completeDocument = `mutation Complete($uploadIds: [ID!]!) {
  completeImageUploads(uploadIds: $uploadIds) {
    __typename
    ... on UserError { code message }
    ... on CompleteImageUploadsPayload {
      results {
        ... on CompletedImageUpload { uploadId image { id } }
        ... on ImageUploadRefused { uploadId error { message } }
      }
    }
  }
}`;

/** Makes images of the pictures; what the service refuses is told to `onRefused` and left out. */
export async function uploadPictures(
  endpoint: Endpoint,
  projectId: string,
  pictures: readonly LabelledPicture[],
  onProgress: (done: number) => void,
  onRefused: (refused: SkippedFile) => void,
): Promise<UploadedPicture[]> {
  const uploaded: UploadedPicture[] = [];
  const byImage = new Map<string, LabelledPicture>();
  for (let start = 0; start < pictures.length; start += batchSize) {
    const sent = await sendPictures(endpoint, projectId, pictures.slice(start, start + batchSize), onRefused);
    for (const { picture, imageId } of await completeUploads(endpoint, sent, onRefused)) {
      const same = byImage.get(imageId);
      if (same) onRefused({ file: picture.file, reason: `is the same picture as ${same.file}` });
      else uploaded.push({ picture, imageId });
      byImage.set(imageId, same ?? picture);
    }
    onProgress(Math.min(start + batchSize, pictures.length));
  }
  return uploaded;
}

/** Announces the pictures and sends their bytes, without making them images. */
export async function sendPictures(
  endpoint: Endpoint,
  projectId: string,
  pictures: readonly LabelledPicture[],
  onRefused: (refused: SkippedFile) => void,
): Promise<Announced[]> {
  const files = pictures.map((picture) => ({ fileName: picture.file, byteSize: picture.byteSize }));
  const { createImageUploads } = await graphql<{
    createImageUploads: {
      results: (
        | { id: string; uploadUrl: string; headers: { name: string; value: string }[] }
        | { error: UserErrorFields }
      )[];
    };
  }>(endpoint, announceDocument, { input: { projectId, files } });
  const sent: Announced[] = [];
  let next = 0;
  const send = async () => {
    while (next < pictures.length) {
      const index = next++;
      const picture = pictures[index]!;
      const announced = createImageUploads.results[index]!;
      if ('error' in announced) {
        onRefused({ file: picture.file, reason: reasonOf(announced.error.message, picture.file) });
        continue;
      }
      const response = await fetch(announced.uploadUrl, {
        method: 'PUT',
        headers: Object.fromEntries(announced.headers.map(({ name, value }) => [name, value])),
        body: await picture.read(),
        signal: endpoint.signal,
      });
      const answer = (await response.json()) as { message?: string };
      if (response.ok) sent[index] = { picture, uploadId: announced.id };
      else
        onRefused({ file: picture.file, reason: answer.message ?? `the upload was answered with ${response.status}` });
    }
  };
  await Promise.all(Array.from({ length: transfersInFlight }, send));
  return sent.filter((announced) => announced !== undefined);
}

async function completeUploads(
  endpoint: Endpoint,
  sent: readonly Announced[],
  onRefused: (refused: SkippedFile) => void,
): Promise<UploadedPicture[]> {
  if (sent.length === 0) return [];
  const { completeImageUploads } = await graphql<{
    completeImageUploads: { results: ({ image: { id: string } } | { error: UserErrorFields })[] };
  }>(endpoint, completeDocument, { uploadIds: sent.map((announced) => announced.uploadId) });
  return completeImageUploads.results.flatMap((result, index) => {
    const { picture } = sent[index]!;
    if ('image' in result) return [{ picture, imageId: result.image.id }];
    onRefused({ file: picture.file, reason: reasonOf(result.error.message, picture.file) });
    return [];
  });
}

/** Messages about pictures start with the name, which we show ourselves. */
function reasonOf(message: string, file: string): string {
  const start = `${JSON.stringify(file)}: `;
  return message.startsWith(start) ? message.slice(start.length) : message;
}
