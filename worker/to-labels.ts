import type { Labels } from '#engine/index.ts';

/** Labels of images as the engine takes them. @param classIndexes of each image, those of the labels it carries. */
export function toLabels(
  projectType: 'SINGLE_LABEL' | 'MULTI_LABEL',
  classCount: number,
  classIndexes: readonly (readonly number[])[],
): Labels {
  if (projectType === 'SINGLE_LABEL') return Int32Array.from(classIndexes, ([classIndex]) => classIndex!);
  const labels = new Uint8Array(classIndexes.length * classCount);
  classIndexes.forEach((carried, image) => {
    for (const classIndex of carried) labels[image * classCount + classIndex] = 1;
  });
  return labels;
}
