export type PictureErrorCode =
  | 'EMPTY'
  | 'NOT_AN_IMAGE'
  | 'UNSUPPORTED_FORMAT'
  | 'DAMAGED'
  | 'TOO_MANY_BYTES'
  | 'TOO_MANY_PIXELS'
  | 'SIDE_TOO_LONG';

/** Bytes that are refused as a picture. The message is for the person who sent them: what was found and what is allowed. */
export class PictureError extends Error {
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PictureError';
    this.code = code;
  }
}
