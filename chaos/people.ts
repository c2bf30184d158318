import { createHash, randomUUID } from 'node:crypto';
import { random, type Random } from '#engine/random/random.ts';
import { ApiClient, userErrorFields } from '../test/api-client.ts';
import { drawPicture } from '../test/pictures.ts';
import { persist } from './persist.ts';

export interface ChaosProject {
  readonly id: string;
  readonly labelIds: readonly string[];
}

/** A picture whose upload and label the API has acknowledged. */
export interface AcknowledgedImage {
  readonly id: string;
  readonly sha256: string;
  readonly labelId: string;
}

/** A training whose start the API has acknowledged. */
export interface AcknowledgedTraining {
  readonly id: string;
  readonly projectId: string;
  readonly versionName: string;
}

export type Preference = 'PERFORMANCE_FIRST' | 'BALANCE' | 'ACCURACY_FIRST';

const labelNames = ['circle', 'square', 'disc'];

/** Those who use the API, each time on any of the servers, and keep a list of what was acknowledged. */
export class People {
  readonly images: AcknowledgedImage[] = [];
  readonly trainings: AcknowledgedTraining[] = [];
  readonly #clients: readonly ApiClient[];
  readonly #signal: AbortSignal;
  readonly #draw: Random;
  #pictures = 0;

  /** `signal` ends their patience with servers that do not answer. */
  constructor(options: { urls: readonly string[]; token: string; seed: number; signal: AbortSignal }) {
    this.#clients = options.urls.map((url) => new ApiClient(url, options.token));
    this.#signal = options.signal;
    this.#draw = random(options.seed, 2);
  }

  /** A client of any of the servers. */
  anyClient(): ApiClient {
    return this.#clients[this.#draw.integer(this.#clients.length)]!;
  }

  /** The data of a query, from whichever server answers first. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the document selects
  ask(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    return persist(this.#signal, () => this.anyClient().ask(document, variables));
  }

  async makeProject(name: string, imagesOfLabel: number): Promise<ChaosProject> {
    const client = this.anyClient();
    const { id } = await client.must(
      `mutation ($input: CreateProjectInput!) { createProject(input: $input) { ${userErrorFields} ... on Project { id } } }`,
      { input: { name } },
    );
    const labelIds: string[] = [];
    for (const label of labelNames) {
      const made = await client.must(
        `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id } } }`,
        { input: { projectId: id, name: label } },
      );
      labelIds.push(made.id as string);
    }
    const project = { id: id as string, labelIds };
    await Promise.all(
      [...labelIds.keys()].map(async (index) => {
        for (let number = 0; number < imagesOfLabel; number++) await this.addImage(project, index);
      }),
    );
    return project;
  }

  /** Uploads and labels a picture that nobody has uploaded yet. */
  async addImage(project: ChaosProject, labelIndex: number): Promise<void> {
    const bytes = await drawPicture(labelIndex, this.#pictures++);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    // From the start if it fails half-way: the same bytes are the same image.
    const id = await persist(this.#signal, () => this.#upload(project.id, bytes, sha256));
    const labelId = project.labelIds[labelIndex]!;
    await persist(this.#signal, async () => {
      const { results } = await this.anyClient().must(
        `mutation ($input: AnnotateImagesInput!) { annotateImages(input: $input) { ${userErrorFields}
          ... on AnnotateImagesPayload { results { __typename } } } }`,
        { input: { projectId: project.id, annotations: [{ imageId: id, labelId }] } },
      );
      if (results[0].__typename !== 'AnnotatedImage') throw new Error(JSON.stringify(results));
    });
    this.images.push({ id, sha256, labelId });
  }

  async startTraining(project: ChaosProject, preference: Preference): Promise<AcknowledgedTraining> {
    const idempotencyKey = randomUUID();
    const { id, versionName } = await persist(this.#signal, () =>
      this.anyClient().must(
        `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields}
          ... on Training { id versionName } } }`,
        { input: { projectId: project.id, config: { preference, maxDurationMinutes: 6 }, idempotencyKey } },
      ),
    );
    const training = { id, versionName, projectId: project.id };
    this.trainings.push(training);
    return training;
  }

  /** Asks for the end of a training, once; it may have ended meanwhile, and nobody may hear it. */
  async endTraining(action: 'stopTraining' | 'cancelTraining', id: string): Promise<void> {
    await this.anyClient()
      .ask(`mutation ($id: ID!) { ${action}(id: $id) { __typename } }`, { id })
      .catch(() => {});
  }

  async #upload(projectId: string, bytes: Buffer, sha256: string): Promise<string> {
    const client = this.anyClient();
    const file = { fileName: `${sha256.slice(0, 8)}.jpg`, byteSize: bytes.byteLength, sha256 };
    const announced = await client.must(
      `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields}
        ... on CreateImageUploadsPayload { results { ... on ImageUpload { id uploadUrl } } } } }`,
      { input: { projectId, files: [file] } },
    );
    const [upload] = announced.results as { id: string; uploadUrl: string }[];
    const sent = await fetch(upload!.uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
    if (sent.status !== 200) throw new Error(`PUT answered ${sent.status}`);
    const completed = await client.must(
      `mutation ($uploadIds: [ID!]!) { completeImageUploads(uploadIds: $uploadIds) { ${userErrorFields}
        ... on CompleteImageUploadsPayload { results { ... on CompletedImageUpload { image { id } } } } } }`,
      { uploadIds: [upload!.id] },
    );
    const id = completed.results[0].image?.id as string | undefined;
    if (id === undefined) throw new Error(`the upload was not completed: ${JSON.stringify(completed)}`);
    return id;
  }
}
