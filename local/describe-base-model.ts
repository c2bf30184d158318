import type { Adopted } from '#engine/base-models/adopt/adopt-file.ts';

const trainedParts = {
  WHOLE: 'all of it can be trained further',
  SUFFIX: 'its last layers can be trained further',
  HEAD: 'it stays frozen, a head is trained on top',
} as const;

/** What a model turned out to be, line by line, for a person. */
export function describeBaseModel(adopted: Adopted): string[] {
  const { parameters, inputSize, dimension, millisecondsPerPicture, trainable, frozenOperators, remarks } = adopted;
  const frozen = frozenOperators.length > 0 ? ` (not through ${frozenOperators.slice(0, 5).join(', ')})` : '';
  return [
    `${(parameters / 1e6).toFixed(1)} million numbers, pictures of ${inputSize} x ${inputSize} pixels, ${dimension} features, ` +
      `${millisecondsPerPicture.toFixed(1)} ms a picture`,
    `${trainedParts[trainable]}${frozen}`,
    ...remarks,
  ];
}
