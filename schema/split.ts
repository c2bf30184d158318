import type { SplitName } from '#core/datasets/split-plan.ts';
import { builder } from './builder.ts';

export const SplitEnum = builder.enumType('Split', {
  description: 'Side of the split of a dataset version.',
  values: {
    TRAIN: { description: 'Trained on.' },
    VALIDATION: { description: 'Evaluated on: epochs are compared by it.' },
    TEST: { description: 'Held out of both: the finished model is judged on it, and nothing depends on it.' },
  } satisfies Record<SplitName, { description: string }>,
});
