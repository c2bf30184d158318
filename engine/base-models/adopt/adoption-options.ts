import type { BaseModelCard } from '../../base-model.ts';

/** What its owner knows of a model better than a guess; left out = found or assumed. */
export interface AdoptionOptions {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly licence?: string;
  /** Name of the file that will be kept beside the card. @default 'model.onnx' */
  readonly file?: string;
  /** Pixels of a side; needed where the file leaves it open and 224 is not right. */
  readonly size?: number;
  /** Per channel, in 0..1: x = (pixel/255 - mean) / std. @default those of ImageNet */
  readonly mean?: readonly [number, number, number];
  readonly std?: readonly [number, number, number];
  readonly resize?: BaseModelCard['input']['resize'];
  /**
   * Value of the graph that describes a picture: a vector, a map that is averaged over its places, or the tokens of a transformer, of which
   * the first is taken.
   */
  readonly output?: string;
}
