/** As much of a browser as a login needs: it keeps cookies of one installation, and follows redirects one at a time. */
export class BrowserSession {
  readonly cookies = new Map<string, string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Requests an address; cookies go to the installation only. */
  async visit(address: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const url = new URL(address, this.#url);
    const isOurs = url.origin === new URL(this.#url).origin;
    const headers = { ...init.headers, ...(isOurs && this.cookies.size > 0 && { cookie: this.cookieHeader }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    if (isOurs)
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
        if (/Max-Age=0\b/.test(cookie)) this.cookies.delete(name!);
        else this.cookies.set(name!, value!);
      }
    return response;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** From `/login` through the issuer to the address that it sends back to, which is not visited yet. */
  async reachCallback(path = '/login'): Promise<string> {
    const begun = await this.visit(path);
    const authorized = await this.visit(begun.headers.get('location')!);
    return authorized.headers.get('location')!;
  }

  /** The answer of the callback. */
  async logIn(path = '/login'): Promise<Response> {
    return this.visit(await this.reachCallback(path));
  }

  /** A GraphQL operation as a page of the installation sends it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test's own document selects
  async ask(query: string, headers: Record<string, string> = { origin: new URL(this.#url).origin }): Promise<any> {
    const response = await this.visit('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }
}
