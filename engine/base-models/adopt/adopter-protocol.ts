/** What a model of others turned out to be. */
export interface Adopted {
  readonly type: 'adopted';
  readonly name: string;
  /** Pixels of a side. */
  readonly inputSize: number;
  readonly dimension: number;
  readonly parameters: number;
  /** On one thread. */
  readonly millisecondsPerPicture: number;
  readonly trainable: 'WHOLE' | 'SUFFIX' | 'HEAD';
  readonly frozenOperators: readonly string[];
  readonly remarks: readonly string[];
}

/** Adopter to whoever started it; neither of them means that the file brought the process down. */
export type AdopterEnd = Adopted | { readonly type: 'refused'; readonly message: string };
