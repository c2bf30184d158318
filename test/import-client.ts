import { userErrorFields, type ApiClient } from './api-client.ts';
import { collect, subscribeOverSse, transferEventsDocument } from './event-streams.ts';

const importFields = `id state failure { code message hint isRetryable } format counts { created duplicate labelled skipped refused }
  createdLabelCount attempt reportUrl
  items(first: 100) { nodes { index path outcome imageId code message } }`;

// oxlint-disable typescript/no-explicit-any -- the shapes are what the documents select

/** Announces and sends a file to import; returns the upload's id. */
export async function sendImport(
  client: ApiClient,
  projectId: string,
  fileName: string,
  bytes: Uint8Array | string,
): Promise<string> {
  const body = Buffer.from(bytes);
  const { upload, uploadUrl } = await client.must(
    `mutation ($input: CreateImportUploadInput!) { createImportUpload(input: $input) { ${userErrorFields}
      ... on CreatedImportUpload { uploadUrl upload { id } } } }`,
    { input: { projectId, fileName, byteSize: body.byteLength } },
  );
  const response = await fetch(uploadUrl, { method: 'PUT', body });
  if (response.status !== 200) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
  return upload.id;
}

/** Starts an import that must be accepted; returns its id. */
export async function startImport(client: ApiClient, source: object, rest: object = {}): Promise<string> {
  const { id } = await client.must(
    `mutation ($input: StartImportInput!) { startImport(input: $input) { ${userErrorFields} ... on ImageImport { id } } }`,
    { input: { source, ...rest } },
  );
  return id;
}

/** Waits for the end; returns the import with its first items. */
export async function endOfImport(client: ApiClient, id: string): Promise<any> {
  await collect(subscribeOverSse(client, transferEventsDocument, { id }));
  return readImport(client, id);
}

export async function readImport(client: ApiClient, id: string): Promise<any> {
  const { transfer } = await client.ask(
    `query ($id: ID!) { transfer(id: $id) { ... on ImageImport { ${importFields} } } }`,
    { id },
  );
  return transfer;
}

/** Sends a file, imports it and waits for the end. */
export async function importFile(
  client: ApiClient,
  projectId: string,
  fileName: string,
  bytes: Uint8Array | string,
  { existingLabels, ...source }: { existingLabels?: string; [option: string]: unknown } = {},
): Promise<any> {
  const uploadId = await sendImport(client, projectId, fileName, bytes);
  const rest = existingLabels === undefined ? {} : { existingLabels };
  return endOfImport(client, await startImport(client, { projectId, uploadIds: [uploadId], ...source }, rest));
}

export async function previewImport(client: ApiClient, source: object): Promise<any> {
  const { previewImport: preview } = await client.ask(
    `mutation ($input: PreviewImportInput!) { previewImport(input: $input) { ${userErrorFields}
      ... on InvalidStateError { currentState } ... on ArchiveRefusedError { archiveRefusal }
      ... on ImportPreview { format reason isComplete imageCount labelledCount unlabelledCount elsewhereCount
        labels { name imageCount } splits { split imageCount } problemCount problemsByCode { code count }
        problems { path code message } } } }`,
    { input: source },
  );
  return preview;
}

/** Every image of a project by file name, with its labels and split override. */
export async function imagesOf(client: ApiClient, projectId: string): Promise<Record<string, any>> {
  const images: Record<string, any> = {};
  for (let after: string | null = null; ;) {
    const answer: any = await client.ask(
      `query ($id: ID!, $after: String) { images(projectId: $id, first: 100, after: $after) {
        nodes { id fileName splitOverride annotations { source confidence createdAt label { name } } }
        pageInfo { endCursor hasNextPage } } }`,
      { id: projectId, after },
    );
    for (const { fileName, splitOverride, annotations, id } of answer.images.nodes)
      images[fileName] = {
        id,
        split: splitOverride,
        labels: annotations.map((each: any) => each.label.name).sort(),
        annotations,
      };
    if (!answer.images.pageInfo.hasNextPage) return images;
    after = answer.images.pageInfo.endCursor;
  }
}
