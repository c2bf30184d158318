import { join } from 'node:path';
import type { Preference } from '../plan/training-plan.ts';

/** The base models of this release by the preference that builds on them where no other is named. */
export const shippedBaseModels: Readonly<Record<Preference, string>> = {
  PERFORMANCE_FIRST: 'exemplar-res-s',
  BALANCE: 'exemplar-res-s',
  ACCURACY_FIRST: 'exemplar-res-m',
};

/** Folder of a shipped base model, for `loadBaseModel`. */
export const shippedDirectory = (name: string): string => join(import.meta.dirname, name);
