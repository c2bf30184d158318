import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFirstAdministrator } from '#core/access/users.ts';
import { readConfig, type Config } from '#core/platform/config.ts';
import { openPlatform, type Platform } from '#core/platform/platform.ts';
import { reportWorker, type WorkerFacts } from '#core/workers/report-worker.ts';
import { startServer, type RunningServer } from '#server/http-server.ts';
import { startWorker } from '#worker/worker.ts';
import { ApiClient, userErrorFields } from './api-client.ts';
import { drawPicture } from './pictures.ts';
import { openTestDatabase } from './test-database.ts';
import { writeTinyBaseModel } from '#engine/testing/tiny-base-model.ts';

export interface WorldOptions {
  /**
   * Whether a worker takes trainings. Where none does, the test itself may do as one (claim them, write their events), and is registered as one; not
   * so with `nobody`.
   */
  readonly worker?: boolean | 'nobody';
  /** After how long the queue takes a training away from its worker. */
  readonly jobSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** An installation that is there already, with its first administrator's token; the caller drops its database. */
  readonly installed?: { readonly databaseUrl: string; readonly token: string };
}

export interface TestProject {
  readonly id: string;
  readonly name: string;
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  /** By label, in the order of `labels`. */
  readonly imageIds: readonly (readonly string[])[];
}

/** An installation of its own: a database, a folder, a server, perhaps a worker, and people who use its API. */
export class World {
  readonly url: string;
  readonly platform: Platform;
  readonly server: RunningServer;
  readonly admin: ApiClient;
  readonly #close: () => Promise<void>;
  #names = 0;

  private constructor(server: RunningServer, platform: Platform, adminToken: string, close: () => Promise<void>) {
    this.url = server.url;
    this.server = server;
    this.platform = platform;
    this.admin = new ApiClient(server.url, adminToken);
    this.#close = close;
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const { installed } = options;
    const database = installed ? undefined : await openTestDatabase('migrated');
    const directory = await mkdtemp(join(tmpdir(), 'exemplar-world-'));
    const baseModel = join(directory, 'base-model');
    await writeTinyBaseModel(baseModel);
    const config = readConfig({
      DATABASE_URL: installed?.databaseUrl ?? database!.url,
      EXEMPLAR_DATA: directory,
      EXEMPLAR_PORT: '0',
      EXEMPLAR_LOG_LEVEL: process.env['EXEMPLAR_LOG_LEVEL'] ?? 'silent',
      EXEMPLAR_BASE_MODEL: baseModel,
      EXEMPLAR_DATABASE_CONNECTIONS: '6',
      ...options.environment,
    });
    const platform = await openPlatform(config, {
      role: 'test',
      supervise: options.worker === true,
      jobSeconds: options.jobSeconds,
    });
    const server = await startServer(platform);
    const worker = options.worker === true ? await startWorker(platform) : undefined;
    if (!options.worker) await reportWorker(platform, randomUUID(), testAsWorker(config));
    const token = installed?.token ?? (await createFirstAdministrator(platform.db))!.token;
    return new World(server, platform, token, async () => {
      await worker?.close();
      await server.close();
      await platform.close();
      await database?.close();
      await rm(directory, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  name(prefix: string): string {
    return `${prefix}-${++this.#names}`;
  }

  /** A user with a token and, where given, a role in a project. */
  async user(options: { project?: TestProject; role?: string } = {}): Promise<ApiClient & { userId: string }> {
    const user = await this.admin.must(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${userErrorFields} ... on User { id } } }`,
      { input: { name: this.name('user') } },
    );
    const { token } = await this.admin.must(
      `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { ${userErrorFields} ... on CreatedAccessToken { token } } }`,
      { input: { name: 'test', userId: user.id } },
    );
    if (options.project)
      await this.admin.must(
        `mutation ($input: SetProjectMemberInput!) { setProjectMember(input: $input) { ${userErrorFields} } }`,
        { input: { projectId: options.project.id, userId: user.id, role: options.role ?? 'EDITOR' } },
      );
    return Object.assign(new ApiClient(this.url, token), { userId: user.id as string });
  }

  /** A project with labels and so many labelled pictures of each. */
  async project(
    options: { labels?: readonly string[]; images?: number; client?: ApiClient; type?: string } = {},
  ): Promise<TestProject> {
    const client = options.client ?? this.admin;
    const name = this.name('project');
    const { id } = await client.must(
      `mutation ($input: CreateProjectInput!) { createProject(input: $input) { ${userErrorFields} ... on Project { id } } }`,
      { input: { name, ...(options.type && { type: options.type }) } },
    );
    const labels: { id: string; name: string }[] = [];
    for (const label of options.labels ?? [])
      labels.push(
        await client.must(
          `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id name } } }`,
          { input: { projectId: id, name: label } },
        ),
      );
    const imageIds: string[][] = [];
    for (const [labelIndex, label] of labels.entries()) {
      const pictures = await Promise.all(
        Array.from({ length: options.images ?? 0 }, async (_, number) => ({
          fileName: `${label.name}-${number}.jpg`,
          bytes: await drawPicture(labelIndex, number),
        })),
      );
      const ids = pictures.length > 0 ? await this.upload(id, pictures, client) : [];
      imageIds.push(ids);
      if (ids.length > 0)
        await this.annotate(
          id,
          ids.map((imageId) => ({ imageId, labelId: label.id })),
          client,
        );
    }
    return { id, name, labels, imageIds };
  }

  /** Uploads files that must all become images; returns their ids in order. */
  async upload(projectId: string, files: readonly TestFile[], client: ApiClient = this.admin): Promise<string[]> {
    const results = await this.tryUpload(projectId, files, client);
    return results.map((result) => {
      if (!result.image) throw new Error(`refused: ${JSON.stringify(result)}`);
      return result.image.id as string;
    });
  }

  /** Announces, sends and completes files, up to 100; one result for each. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async tryUpload(projectId: string, files: readonly TestFile[], client: ApiClient = this.admin): Promise<any[]> {
    const uploads = await this.announce(projectId, files, client);
    for (const [index, upload] of uploads.entries()) {
      const response = await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(files[index]!.bytes) });
      if (response.status !== 200) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
    }
    return this.complete(
      uploads.map((upload) => upload.id),
      client,
    );
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async announce(projectId: string, files: readonly TestFile[], client: ApiClient = this.admin): Promise<any[]> {
    const { results } = await client.must(
      `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields}
        ... on CreateImageUploadsPayload { results { __typename
          ... on ImageUpload { id uploadUrl } ... on UploadRefused { error { ${userErrorFields} ... on PictureRefusedError { refusal fileName } } } } } } }`,
      {
        input: {
          projectId,
          files: files.map(({ fileName, bytes }) => ({
            fileName,
            byteSize: bytes.byteLength,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          })),
        },
      },
    );
    return results;
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async complete(uploadIds: readonly string[], client: ApiClient = this.admin): Promise<any[]> {
    const { results } = await client.must(
      `mutation ($uploadIds: [ID!]!) { completeImageUploads(uploadIds: $uploadIds) { ${userErrorFields}
        ... on CompleteImageUploadsPayload { results { __typename
          ... on CompletedImageUpload { outcome image { id fileName width height format sha256 url(form: NORMALISED) } }
          ... on ImageUploadRefused { error { ${userErrorFields} ... on PictureRefusedError { refusal fileName } } } } } } }`,
      { uploadIds },
    );
    return results;
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async annotate(projectId: string, annotations: readonly object[], client: ApiClient = this.admin): Promise<any[]> {
    const { results } = await client.must(
      `mutation ($input: AnnotateImagesInput!) { annotateImages(input: $input) { ${userErrorFields}
        ... on AnnotateImagesPayload { results { __typename
          ... on AnnotatedImage { image { id annotationRevision } }
          ... on AnnotationRefused { imageId error { ${userErrorFields} ... on StaleAnnotationError { currentRevision } } } } } } }`,
      { input: { projectId, annotations } },
    );
    return results;
  }

  /** Starts a training that must be accepted. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async startTraining(projectId: string, config: object = {}, client: ApiClient = this.admin): Promise<any> {
    return client.must(
      `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields}
        ... on Training { id versionName versionLabel state } } }`,
      { input: { projectId, config } },
    );
  }
}

/** Is alive for longer than any test, without a heartbeat. */
const testAsWorker = ({ flavors }: Config): WorkerFacts => ({
  host: 'test',
  processId: process.pid,
  versions: { exemplar: '0.0.0', node: process.versions.node, onnxRuntime: '0.0.0' },
  flavors: flavors.map(({ id }) => id),
  speeds: null,
  unusableDevices: null,
  memoryBytes: 1,
  heartbeatSeconds: 24 * 60 * 60,
});

export interface TestFile {
  readonly fileName: string;
  readonly bytes: Buffer;
}
