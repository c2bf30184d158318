export interface ColourFactors {
  /** x -> brightness x. */
  readonly brightness: number;
  /** x -> grey + contrast (x - grey), where grey is the mean luma of the picture. */
  readonly contrast: number;
  /** x -> luma + saturation (x - luma), where luma is that of the pixel. */
  readonly saturation: number;
}

/** Luma of ITU-R BT.601 in 1/256: 0.299, 0.587, 0.114. */
const lumaRed = 77;
const lumaGreen = 150;
const lumaBlue = 29;
/** Binary digits after the point of the saturation factor. */
const factorBits = 10;

/**
 * Brightness, then contrast, then saturation, each as torchvision's `adjust_*` defines it, in one pass and rounded once at the end
 * (there each step rounds and clips). In place.
 * @param pixels [pixels, 3] uint8, RGB.
 */
export function jitterColour(pixels: Uint8Array, { brightness, contrast, saturation }: ColourFactors): void {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3)
    sum += pixels[at]! * lumaRed + pixels[at + 1]! * lumaGreen + pixels[at + 2]! * lumaBlue;
  const grey = pixels.length === 0 ? 0 : ((sum >> 8) * 3) / pixels.length;
  const brightened = new Int32Array(256);
  for (let value = 0; value < 256; value++)
    brightened[value] = Math.round(brightness * (grey + contrast * (value - grey)));
  const factor = Math.round(saturation * (1 << factorBits));
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let at = 0; at < clamped.length; at += 3) {
    const red = brightened[clamped[at]!]!;
    const green = brightened[clamped[at + 1]!]!;
    const blue = brightened[clamped[at + 2]!]!;
    const luma = (red * lumaRed + green * lumaGreen + blue * lumaBlue) >> 8;
    clamped[at] = luma + (((red - luma) * factor) >> factorBits);
    clamped[at + 1] = luma + (((green - luma) * factor) >> factorBits);
    clamped[at + 2] = luma + (((blue - luma) * factor) >> factorBits);
  }
}
