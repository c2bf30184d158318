import type { ModelVersion } from './model-versions.ts';

/** Whether a picture counts as unlike everything that the version was trained on; null where it cannot tell. */
export function isUnfamiliar(
  { unfamiliarityThreshold }: Pick<ModelVersion, 'unfamiliarityThreshold'>,
  unfamiliarity: number | null,
): boolean | null {
  if (unfamiliarity === null || unfamiliarityThreshold === null) return null;
  // PostgreSQL gives a stored real in its shortest decimal form.
  return Math.fround(unfamiliarity) > Math.fround(unfamiliarityThreshold);
}
