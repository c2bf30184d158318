/** Pictures that could not be loaded or decoded; raised after all were tried, so that they can be repaired together. */
export class UnreadablePicturesError extends Error {
  /** Indices into the source of each side, ascending. */
  readonly indices: { readonly train: readonly number[]; readonly validation: readonly number[] };

  constructor(indices: { train: readonly number[]; validation: readonly number[] }) {
    const count = indices.train.length + indices.validation.length;
    super(
      `${count} ${count === 1 ? 'picture' : 'pictures'} could not be read. Remove or replace them and train again.`,
    );
    this.name = 'UnreadablePicturesError';
    this.indices = indices;
  }
}
