import { UnavailableError } from '#core/platform/errors.ts';

/** Bytes of pictures that a server holds at a time, of all calls together: more calls at once cannot take more memory. */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** For one call: takes as bytes come, gives all back when it is disposed of. */
  open(): ByteShare {
    let taken = 0;
    return {
      take: (bytes) => {
        if (bytes > this.#left)
          throw new UnavailableError(
            'SERVER_BUSY',
            'The server holds as many pictures as it can. Try again in a moment.',
          );
        this.#left -= bytes;
        taken += bytes;
      },
      [Symbol.dispose]: () => {
        this.#left += taken;
        taken = 0;
      },
    };
  }
}

export interface ByteShare extends Disposable {
  /** @throws {UnavailableError} when there is no more. */
  take(bytes: number): void;
}
