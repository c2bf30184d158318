import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';

/** How the server answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse, content: Buffer) => void;

/** A server on 127.0.0.1 that holds one file and answers as it was told: one answer a request, the last one for ever. */
export class ModelServer {
  readonly #server: Server;
  readonly content: Buffer;
  #answers: Answer[] = [serve()];
  /** What was asked so far. */
  readonly requests: IncomingMessage[] = [];

  private constructor(content: Buffer) {
    this.content = content;
    this.#server = createServer((request, response) => {
      this.requests.push(request);
      const answer = this.#answers.length > 1 ? this.#answers.shift()! : this.#answers[0]!;
      answer(request, response, content);
    });
  }

  static async start(content: Buffer): Promise<ModelServer> {
    const server = new ModelServer(content);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ranges that were asked for so far, one a request. */
  get ranges(): (string | undefined)[] {
    return this.requests.map(({ headers }) => headers.range);
  }

  answers(...answers: Answer[]): void {
    this.#answers = answers;
    this.requests.length = 0;
  }

  entry(change: Partial<CatalogueEntry> = {}): CatalogueEntry {
    return entryOf(this.content, { url: `${this.url}/files/tiny.onnx`, ...change });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** An entry of a catalogue for these bytes. */
export function entryOf(content: Buffer, change: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    name: 'tiny',
    title: 'Tiny',
    goodFor: 'Tests.',
    url: 'https://models.example/tiny.onnx',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    checksumSource: 'a test',
    licence: { spdx: 'MIT', source: 'a test' },
    opset: 17,
    multiplyAdds: 1,
    input: {
      name: 'input',
      size: 32,
      batch: null,
      layout: 'NCHW',
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
      channelOrder: 'RGB',
      resize: 'cover',
    },
    features: null,
    ...change,
  };
}

export interface Manner {
  /** Tag of the version that is served. */
  readonly etag?: string;
  /** Whether ranges are served; otherwise the whole file comes. */
  readonly ranges?: boolean;
  /** Bytes of the body after which the connection is cut. */
  readonly cutAfter?: number;
  /** Bytes of the body after which nothing comes any more. */
  readonly stallAfter?: number;
  /** Sends no length beforehand. */
  readonly chunked?: boolean;
  /** Served in place of the content. */
  readonly instead?: Buffer;
  /** Says so many bytes more than there are. */
  readonly extraLength?: number;
}

/** Serves the file. */
export const serve =
  (manner: Manner = {}): Answer =>
  (request, response, original) => {
    const { etag, ranges = true, cutAfter, stallAfter, chunked, instead: content = original, extraLength = 0 } = manner;
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const condition = request.headers['if-range'];
    const start = ranges && from !== undefined && (condition === undefined || condition === etag) ? Number(from) : 0;
    const body = content.subarray(start);
    if (etag) response.setHeader('etag', etag);
    if (start > 0) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
    if (!chunked) response.setHeader('content-length', body.length + extraLength);
    response.writeHead(start > 0 ? 206 : 200);
    if (cutAfter !== undefined) response.write(body.subarray(0, cutAfter), () => response.destroy());
    else if (stallAfter !== undefined) response.write(body.subarray(0, stallAfter));
    else response.end(body);
  };

export const status =
  (code: number): Answer =>
  (_request, response) => {
    response.writeHead(code);
    response.end('no');
  };

export const redirect =
  (location: string): Answer =>
  (_request, response) => {
    response.writeHead(302, { location });
    response.end();
  };

/** Never answers. */
export const silence: Answer = () => {};

/** Cuts the connection instead of answering. */
export const hangUp: Answer = (_request, response) => response.destroy();
