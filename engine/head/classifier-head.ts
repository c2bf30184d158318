/** A linear classifier on raw base-model features: logits = features x weightsT + bias. What a later incremental training starts from. */
export interface ClassifierHead {
  /** Class of each row. */
  readonly classIds: readonly string[];
  /** [classes, dimension], row-major. */
  readonly weights: Float32Array;
  /** [classes]. */
  readonly bias: Float32Array;
  /** The base model the features came from: with another one the numbers mean nothing. */
  readonly baseModelSha256: string;
}
