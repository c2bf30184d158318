import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readLabelsById, type Label } from '../labels/label-row.ts';
import { findLabelByName, lockTrashedLabels, untrashLabelRow } from '../labels/label-trash.ts';
import { announceLabel, countLabels, maximumLabels } from '../labels/labels.ts';
import { ConflictError, LimitExceededError, NotFoundError, type UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { lockProject } from '../projects/project-row.ts';
import { settleBatch, settleSoon } from './settle-labels.ts';

const restoreInput = z.object({
  projectId: z.string(),
  labelIds: z
    .array(z.string())
    .min(1, 'must hold at least one label')
    .max(100, 'must hold at most 100 labels')
    .refine((ids) => new Set(ids).size === ids.length, 'must name each label once'),
});

export type RestoredLabel =
  | { readonly label: Label }
  | { readonly labelId: string; readonly error: UserError; /** Which clashes with it. */ readonly existing?: Label };

/**
 * Takes labels out of the trash, and puts them on the images that carried them: those that are there and, in a single-label project, carry no
 * other label by now. The first thousand images of each in the same transaction, the others in the background. A result for each in the order
 * asked: one that is not in the trash, or whose name another label has by now, spoils its own item only.
 */
export async function restoreLabels(ctx: ActionContext, input: z.input<typeof restoreInput>): Promise<RestoredLabel[]> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, labelIds } = validate(restoreInput, input);
  const { results, isSettled } = await ctx.platform.db.transaction(async (tx) => {
    const project = await lockProject(tx, projectId);
    const trashed = new Map((await lockTrashedLabels(tx, projectId, labelIds)).map((label) => [label.id, label]));
    const outcomes: RestoredLabel[] = [];
    let settled = true;
    for (const labelId of labelIds) {
      const label = trashed.get(labelId);
      const existing = label && (await findLabelByName(tx, projectId, label.name));
      const used = await countLabels(tx, projectId);
      if (!label) outcomes.push({ labelId, error: new NotFoundError('Label', labelId) });
      else if (existing)
        outcomes.push({
          labelId,
          error: new ConflictError('The project has a label of this name again already.'),
          existing,
        });
      else if (used >= maximumLabels)
        outcomes.push({ labelId, error: new LimitExceededError('Labels of the project', maximumLabels, used + 1) });
      else {
        const restored = await untrashLabelRow(tx, label);
        await announceLabel(tx, restored, 'RESTORED');
        settled = (await settleBatch(tx, project, restored)).isSettled && settled;
        outcomes.push({ label: restored });
      }
    }
    const now = await readLabelsById(tx, [...trashed.keys()]);
    return {
      results: outcomes.map((outcome) => ('label' in outcome ? { label: now.get(outcome.label.id)! } : outcome)),
      isSettled: settled,
    };
  });
  wakeProjectWatchers(ctx.platform, projectId);
  if (!isSettled) settleSoon(ctx.platform);
  return results;
}
