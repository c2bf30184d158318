export { normalisePicture, type NormalisedPicture } from './normalise-picture.ts';
export { perceptualHashOfJpeg, perceptualHashBytes } from './perceptual-hash.ts';
export { defaultPictureLimits, type PictureLimits } from './picture-limits.ts';
export { PictureError, type PictureErrorCode } from './picture-error.ts';
export type { PictureFormat } from './picture-format.ts';
export { pictureToPixels, type ResizeMode } from './picture-to-pixels.ts';
export { mostRoomyBytes, pictureToRoomyPixels, type RoomyPixels } from './picture-to-roomy-pixels.ts';
export { openPictureCache, type PictureCache, type PictureGeometry, type PictureLoader } from './picture-cache.ts';
export { decodePicture, encodePng, type DecodedPicture } from './decode-picture.ts';
