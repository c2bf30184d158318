import type { UserError } from '../platform/errors.ts';

/** A picture to answer about. */
export interface Picture {
  /** For messages. */
  readonly fileName: string;
  /** A file as somebody sent it, or the normalised JPEG of an image. */
  readonly bytes: Uint8Array;
  readonly isNormalised: boolean;
}

/** What a model says to a picture. */
export interface Answer {
  /** [classes] of the version, in its class order. */
  readonly probabilities: Float32Array;
  /** How unlike the picture is to all that the model was trained on; only from models that measure it. */
  readonly unfamiliarity?: number | undefined;
}

/** Runs model files; the server has one, core knows no ONNX. */
export interface Predictor {
  /** Brings a model into memory. @throws {InvalidStateError} when its file cannot be used; {UnavailableError} */
  load(modelKey: string): Promise<void>;
  /** For calls whose pictures have still to come. @throws {UnavailableError} when they would be refused for now. */
  refuseWhenFull(caller: string): void;
  /**
   * An answer, or what kept from one, for each picture in their order: `PictureRefusedError`, `InvalidStateError` when the model cannot be
   * used, `UnavailableError` when the same picture may be tried again. Nobody reads the pictures any more once it has answered.
   * @param options.caller who shares a part of the queue. @param options.isShadow only if there is room enough for it and for others.
   * @throws {UnavailableError} when there is no room for them.
   */
  predict(
    modelKey: string,
    pictures: readonly Picture[],
    options: { readonly caller: string; readonly isShadow?: boolean },
  ): Promise<(Answer | UserError)[]>;
}
