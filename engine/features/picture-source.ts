import type { Labels } from '../labels/labels.ts';

/** Pictures with what each shows, read one by one so that a set of any size takes the same memory. */
export interface PictureSource {
  readonly count: number;
  readonly labels: Labels;
  /** The normalised JPEG of a picture. May be called several times at once, and more than once for one index. */
  load(index: number): Promise<Buffer>;
  /**
   * What names the bytes that {@link load} gives, everywhere and for ever, such as their SHA-256 in hexadecimal. Pictures without a key
   * are decoded anew each time.
   */
  keyOf?(index: number): string | undefined;
}
