/** Bytes that are not a model the engine can use; the message says what they are instead. */
export class OnnxFormatError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OnnxFormatError';
  }
}
