import type { BlockerCode, ReadinessIssue } from '#core/trainings/readiness-issue.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';

const BlockerCodeEnum = builder.enumType('ReadinessBlockerCode', {
  description: 'Why a training cannot start.',
  values: {
    TOO_FEW_CLASSES: { description: 'Fewer than 2 labels stand on images.' },
    TOO_FEW_IMAGES: { description: 'A label stands on fewer than 5 images.' },
    SPLIT_IMPOSSIBLE: {
      description:
        'One side, or the training side of a label, has no image: groups, near-duplicates or overrides forbid it.',
    },
    DATASET_VERSION_NAME_TAKEN: { description: 'The project has a dataset version of that name.' },
    BASE_MODEL_UNKNOWN: { description: 'No worker has offered a base model of that name.' },
    BASE_VERSION_UNUSABLE: { description: 'The base version is no completed model version of the project.' },
  } satisfies Record<BlockerCode, { description: string }>,
});
export const labelIdOfIssue = (issue: ReadinessIssue<string>) =>
  issue.labelId === null ? null : writeGlobalId('Label', issue.labelId);

export const ReadinessBlocker = builder.objectRef<ReadinessIssue<BlockerCode>>('ReadinessBlocker').implement({
  description: 'Something that must be mended before a training can start.',
  fields: (t) => ({
    code: t.field({ type: BlockerCodeEnum, description: 'What kind.', resolve: (issue) => issue.code }),
    message: t.exposeString('message', { description: 'What is missing, for a person.' }),
    labelId: t.id({ nullable: true, description: 'The label concerned, if one is.', resolve: labelIdOfIssue }),
  }),
});
