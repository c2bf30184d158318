import { notFound } from './result.ts';

export interface PageOptions {
  /** Items asked for at a time, 1 to 100; default 100. */
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface PageRequest {
  readonly first: number;
  readonly after: string | null;
  readonly signal: AbortSignal | undefined;
}

/** A list of any length, asked for page by page as it is read: `for await (const item of pages)`. */
export class Pages<T> implements AsyncIterable<T> {
  readonly #ask: (request: PageRequest) => Promise<Page<T> | null | undefined>;
  readonly #pageSize: number;
  readonly #signal: AbortSignal | undefined;
  readonly #cursor: string | null;

  /** @param ask null or undefined = the list is of something that is not there */
  constructor(
    ask: (request: PageRequest) => Promise<Page<T> | null | undefined>,
    { pageSize = 100, signal, cursor = null }: PageOptions & { readonly cursor?: string | null } = {},
  ) {
    this.#ask = ask;
    this.#pageSize = pageSize;
    this.#signal = signal;
    this.#cursor = cursor;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const page of this.pages()) yield* page;
  }

  /** Page by page. @throws {ResultError} NOT_FOUND */
  async *pages(): AsyncGenerator<readonly T[], void> {
    let after = this.#cursor;
    for (let isMore = true; isMore;) {
      const page = await this.#ask({ first: this.#pageSize, after, signal: this.#signal });
      if (!page) throw notFound('There is no such thing to list, or the viewer may not see it.');
      yield page.nodes;
      after = page.pageInfo.endCursor;
      isMore = page.pageInfo.hasNextPage;
    }
  }

  /** All of them, or the first so many. */
  async toArray(atMost = Infinity): Promise<T[]> {
    const items: T[] = [];
    if (atMost > 0)
      for await (const item of this) {
        items.push(item);
        if (items.length >= atMost) break;
      }
    return items;
  }
}
