/** Gives an access token; called again with the one that was refused when another is needed. */
export type TokenProvider = (refused?: string) => string | Promise<string>;

/** The token that all calls share: asked for once, and again only when the server has refused it. */
export class TokenSource {
  readonly #provider: TokenProvider | undefined;
  #token: Promise<string | undefined> | undefined;

  constructor(token: string | TokenProvider | undefined) {
    if (typeof token === 'function') this.#provider = token;
    else this.#token = Promise.resolve(token);
  }

  current(): Promise<string | undefined> {
    return (this.#token ??= this.#ask());
  }

  /** Another token than the refused one; undefined when there is none. Who comes while one is being asked for shares it. */
  async replace(refused: string | undefined): Promise<string | undefined> {
    const held = this.current();
    const token = await held;
    if (token !== refused) return token;
    if (!this.#provider) return undefined;
    if (this.#token === held) this.#token = this.#ask(refused);
    const fresh = await this.current();
    return fresh === refused ? undefined : fresh;
  }

  #ask(refused?: string): Promise<string | undefined> {
    const asked = Promise.resolve(refused).then(this.#provider);
    // A provider that failed is asked again by the next who needs a token.
    asked.catch(() => {
      if (this.#token === asked) this.#token = undefined;
    });
    return asked;
  }
}
