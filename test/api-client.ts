/** A plain GraphQL client over fetch, as any user would write one. */
export class ApiClient {
  readonly url: string;
  readonly token: string | undefined;

  constructor(url: string, token: string | undefined) {
    this.url = url;
    this.token = token;
  }

  /** The answer as it came, with its HTTP status. */
  async raw(document: string, variables: Record<string, unknown> = {}): Promise<RawAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query: document, variables }),
    });
    return { status: response.status, body: (await response.json()) as RawAnswer['body'] };
  }

  /** The data of an operation that must not have top-level errors. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test's own document selects
  async ask(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { body } = await this.raw(document, variables);
    if (body.errors) throw new Error(`unexpected errors: ${JSON.stringify(body.errors)}`);
    return body.data;
  }

  /** The single result of a mutation whose result must be the thing and no UserError. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async must(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    const data = await this.ask(document, variables);
    const [result] = Object.values<{ __typename?: string; code?: string; message?: string }>(data);
    if (result?.code) throw new Error(`unexpected ${result.__typename}: ${result.message}`);
    return result;
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly body: {
    // oxlint-disable-next-line typescript/no-explicit-any
    readonly data?: any;
    readonly errors?: {
      readonly message: string;
      readonly path?: (string | number)[];
      readonly extensions?: Record<string, unknown>;
    }[];
  };
}

/** What every mutation document selects of the errors. */
export const userErrorFields = '__typename ... on UserError { code message }';
