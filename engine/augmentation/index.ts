export { augmentPicture } from './augment-picture.ts';
export { gentleAugmentation, strongAugmentation, type AugmentationSettings } from './augmentation-settings.ts';
export { balancingClassWeights } from './class-weights.ts';
export { drawCutMix, drawMixUp, mixPictures, type Mixing } from './mixing.ts';
export { softTargets, type SoftTargets } from './soft-targets.ts';
