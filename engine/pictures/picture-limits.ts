/** What {@link normalisePicture} accepts at most. */
export interface PictureLimits {
  /** Of the encoded file. */
  readonly maximumBytes: number;
  /** Pixels of the longer side. */
  readonly maximumSide: number;
  /** width x height. */
  readonly maximumPixels: number;
}

export const defaultPictureLimits: PictureLimits = {
  maximumBytes: 25 * 1024 * 1024,
  maximumSide: 16_384,
  maximumPixels: 100_000_000,
};
