/** How much random views may differ from the picture. */
export interface AugmentationSettings {
  /** Smallest and largest area of the crop, as shares of the largest square in the picture; 0..1. */
  readonly area: readonly [number, number];
  /** Smallest and largest width over height of the crop. */
  readonly aspect: readonly [number, number];
  /** Mirrors half of the views. To be false where left and right mean something: digits, text, arrows. */
  readonly flip: boolean;
  /** Factors are drawn from 1-x..1+x; 0 switches off, at most 1. See {@link jitterColour}. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

/** For a frozen network, whose features must still mean the same class. */
export const gentleAugmentation: AugmentationSettings = {
  area: [0.6, 1],
  aspect: [3 / 4, 4 / 3],
  // Whether a mirrored picture is still one of its class is not known when these views are made.
  flip: false,
  brightness: 0,
  contrast: 0,
  saturation: 0,
};

/** For layers that learn: what they see more often than a few times must differ more. */
export const strongAugmentation: AugmentationSettings = {
  area: [0.35, 1],
  aspect: [3 / 4, 4 / 3],
  flip: true,
  brightness: 0.3,
  contrast: 0.3,
  saturation: 0.3,
};
