import { setTimeout } from 'node:timers/promises';
import type { ChaosProject } from './people.ts';

const readers = 2;
/** Between two requests of one client: the load of people, not of a benchmark. */
const pauseMilliseconds = 40;
/** Longer than anything takes that is not lost. */
const patienceMilliseconds = 20_000;

/** A request that was not answered as asked for. Times are milliseconds since 1970. */
export interface Refusal {
  readonly from: number;
  readonly to: number;
  /** Whether no server answered at all, or one did, and with an error. */
  readonly by: 'CONNECTION' | 'ANSWER';
  readonly message: string;
}

/** What an image was labelled with, in order, and how far that was acknowledged. */
export interface LabelledImage {
  readonly id: string;
  readonly attempts: string[];
  /** How many of the attempts, from the first, the last acknowledged one is; 0 = none was. */
  acknowledged: number;
}

const readDocument = `query ($id: ID!) { project(id: $id) { name imageCount labels { id imageCount } images(first: 20) { nodes { id url annotations { label { name } } } } } }`;
const labelDocument = `mutation ($input: AnnotateImagesInput!) { annotateImages(input: $input) { __typename ... on UserError { code message }
  ... on AnnotateImagesPayload { results { __typename } } } }`;

/** Clients behind a proxy that read and label without trying anything twice, and remember each request that was refused. */
export class SteadyLoad {
  requests = 0;
  readonly refusals: Refusal[] = [];
  readonly images: readonly LabelledImage[];
  readonly #url: string;
  readonly #token: string;
  readonly #project: ChaosProject;

  constructor(options: { url: string; token: string; project: ChaosProject; imageIds: readonly string[] }) {
    this.#url = options.url;
    this.#token = options.token;
    this.#project = options.project;
    this.images = options.imageIds.map((id) => ({ id, attempts: [], acknowledged: 0 }));
  }

  /** Until the signal; whatever is under way then is waited for. */
  async run(signal: AbortSignal): Promise<void> {
    const pause = () => setTimeout(pauseMilliseconds, undefined, { signal }).catch(() => {});
    const reading = async () => {
      while (!signal.aborted) {
        await this.#send(readDocument, { id: this.#project.id });
        await pause();
      }
    };
    const labelling = async () => {
      for (let turn = 0; !signal.aborted; turn++) {
        await this.#label(this.images[turn % this.images.length]!);
        await pause();
      }
    };
    await Promise.all([...Array.from({ length: readers }, reading), labelling()]);
  }

  async #label(image: LabelledImage): Promise<void> {
    const { labelIds } = this.#project;
    const labelId = labelIds[image.attempts.length % labelIds.length]!;
    image.attempts.push(labelId);
    const input = { projectId: this.#project.id, annotations: [{ imageId: image.id, labelId }] };
    if (await this.#send(labelDocument, { input }, '"AnnotatedImage"')) image.acknowledged = image.attempts.length;
  }

  /** Whether it was answered without errors, and with the text that is expected in it. */
  async #send(query: string, variables: object, expected = '"data"'): Promise<boolean> {
    const from = Date.now();
    this.requests++;
    const refuse = (by: Refusal['by'], message: string): false => {
      this.refusals.push({ from, to: Date.now(), by, message: message.slice(0, 300) });
      return false;
    };
    try {
      const response = await fetch(`${this.#url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(patienceMilliseconds),
      });
      const text = await response.text();
      // The proxy's word for a connection that could not be made, or broke.
      if (response.status === 502) return refuse('CONNECTION', text);
      if (response.status !== 200 || text.includes('"errors"') || !text.includes(expected))
        return refuse('ANSWER', text);
      return true;
    } catch (error) {
      return refuse('CONNECTION', String((error as Error).cause ?? error));
    }
  }
}
