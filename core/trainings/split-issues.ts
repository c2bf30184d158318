import type { DatasetDraft, DraftClass } from '../datasets/dataset-draft.ts';
import type { SplitName, SplitOptions } from '../datasets/split-plan.ts';
import type { Project } from '../projects/project-row.ts';
import { minimumImagesPerClass, type BlockerCode, type ReadinessIssue, type WarningCode } from './readiness-issue.ts';

const mostImageIds = 100;
const together = 'a group, near-duplicates or where people have put them';

/** What keeps a model from being trained or evaluated on the split. */
export function splitBlockers(draft: DatasetDraft, type: Project['type']): ReadinessIssue<BlockerCode>[] {
  const blockers: ReadinessIssue<BlockerCode>[] = [];
  for (const [side, purpose] of [
    ['TRAIN', 'train on'],
    ['VALIDATION', 'evaluate on'],
  ] as const)
    if (countOf(draft, side) === 0 && draft.images.length >= minimumImagesPerClass)
      blockers.push({
        code: 'SPLIT_IMPOSSIBLE',
        message: `There is no image to ${purpose}: all stand on another side for the sake of ${together} (ModelArts.4342).`,
        labelId: null,
      });
  for (const item of draft.classes)
    if (type === 'SINGLE_LABEL' && item.trainCount === 0 && sizeOf(item) >= minimumImagesPerClass)
      blockers.push({
        code: 'SPLIT_IMPOSSIBLE',
        message: `None of the ${sizeOf(item)} images with label ${JSON.stringify(item.label.name)} can be trained on, for the sake of ${together} (ModelArts.4342).`,
        labelId: item.label.id,
      });
  return blockers;
}

/** What lowers the worth of the split. */
export function splitWarnings(
  draft: DatasetDraft,
  { trainRatio, testRatio }: Omit<SplitOptions, 'seed'>,
): ReadinessIssue<WarningCode>[] {
  const warnings: ReadinessIssue<WarningCode>[] = [];
  const warn = (code: WarningCode, message: string, more: Partial<ReadinessIssue<WarningCode>> = {}) =>
    warnings.push({ code, message, labelId: null, ...more });
  if (draft.movedCount > 0)
    warn(
      'SPLIT_MOVED',
      `${draft.movedCount} image(s) must change from one side of the split to the other, since their class would be missing there.`,
    );
  if (draft.joinedCount > 0)
    warn(
      'SPLIT_JOINED',
      `${draft.joinedCount} image(s) change sides to be with their group, their near-duplicates or where people have put one of these.`,
    );
  if (draft.contradictions.length > 0)
    warn(
      'OVERRIDES_DISAGREE',
      `${draft.contradictions.length} images that belong together (a group or near-duplicates) were put on different sides by people; they stay there, and the evaluation will look better than it is.`,
      { imageIds: draft.contradictions.slice(0, mostImageIds) },
    );
  if (draft.lookAlikeCount > 0)
    warn(
      'LOOK_ALIKES_APART',
      `${draft.lookAlikeCount} images look so much alike that they count as near-duplicates, but they are most of a label and are dealt to the sides one by one. Give images of one thing a common group if they should stay together.`,
    );
  if (draft.unhashedCount > 0)
    warn(
      'LOOKS_UNKNOWN',
      `${draft.unhashedCount} older image(s) have not been compared with the others yet; each call of this check goes on with some.`,
    );
  for (const item of draft.classes) {
    const { label, trainCount, validationCount, testCount } = item;
    if (sizeOf(item) >= minimumImagesPerClass && Math.min(trainCount, validationCount) === 0)
      warn(
        'LABEL_ON_ONE_SIDE',
        `Label ${JSON.stringify(label.name)} has ${trainCount} images to train on and ${validationCount} to evaluate on, since its ${sizeOf(item)} images carry other labels too, or for the sake of ${together} (ModelArts.4342).`,
        { labelId: label.id },
      );
    if (testRatio > 0 && testCount === 0 && sizeOf(item) >= minimumImagesPerClass)
      warn(
        'LABEL_NOT_TESTED',
        `Label ${JSON.stringify(label.name)} has no image in the test part: its images have another side already, or belong together.`,
        { labelId: label.id },
      );
  }
  const test = countOf(draft, 'TEST');
  const train = countOf(draft, 'TRAIN');
  const ratioOf = (name: string, wanted: number, part: number, whole: number) => {
    if (Math.abs(part - wanted * whole) > draft.classes.length)
      warn(
        'RATIO_MISSED',
        `The ${name} ratio will be ${(part / whole).toFixed(3)}, not ${wanted}: images keep the side they had in earlier dataset versions, where people have put them, and what belongs together stays together.`,
      );
  };
  ratioOf('train', trainRatio, train, draft.images.length - test);
  ratioOf('test', testRatio, test, draft.images.length);
  return warnings;
}

const countOf = ({ images }: DatasetDraft, side: SplitName): number =>
  images.filter(({ split }) => split === side).length;
const sizeOf = ({ trainCount, validationCount, testCount }: DraftClass): number =>
  trainCount + validationCount + testCount;
