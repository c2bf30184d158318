export { augmentPicture } from './augment-picture.ts';
export { gentleAugmentation, strongAugmentation, type AugmentationSettings } from './augmentation-settings.ts';
