import type { ExampleKind } from '../step/index.ts';

/** What a stage of fine-tuning learns from: pictures in the form that its first trained layer reads. */
export interface ExampleFeed {
  readonly kind: ExampleKind;
  /** Numbers of one example. */
  readonly rowLength: number;
  /** Room for so many examples. */
  allocate(rows: number): Float32Array | Uint8Array;
  /**
   * Puts training pictures side by side, each in the view that `seed`, the epoch and the picture decide: the same on every machine and
   * after every interruption.
   * @param pictures indices of training pictures. @param into [pictures, rowLength].
   */
  fill(pictures: Int32Array, epoch: number, into: Float32Array | Uint8Array): Promise<void>;
  /** Validation pictures as prediction sees them, from the index `start`. @param into [rows, rowLength], filled as far as there are pictures. */
  fillValidation(start: number, into: Float32Array | Uint8Array): Promise<void>;
  close(): Promise<void>;
}
