import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import { trashLabelRow } from '../labels/label-trash.ts';
import { announceLabel, requireLabel } from '../labels/labels.ts';
import { NotFoundError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { lockProject } from '../projects/project-row.ts';
import { disposalNow } from '../projects/trash.ts';
import { labelDeletePolicies, type LabelDeletePolicy } from './label-delete-policy.ts';
import { purgeSoon } from './purge-trash.ts';
import { settleBatch, settleSoon } from './settle-labels.ts';

/**
 * Moves a label into the trash by one of the reference's three policies: from now on no image carries it and its name is free. Of its images
 * the first thousand follow in the same transaction, the others in the background, in transactions of their own; counts are exact all
 * the time, since they move with the images. Dataset versions and models keep the class by its name and id.
 */
export async function deleteLabel(ctx: ActionContext, labelId: string, policy: LabelDeletePolicy): Promise<string> {
  const { projectId } = await requireLabel(ctx, labelId, 'EDITOR');
  validate(z.object({ policy: z.enum(labelDeletePolicies) }), { policy });
  const isSettled = await ctx.platform.db.transaction(async (tx) => {
    const project = await lockProject(tx, projectId);
    const label = await trashLabelRow(tx, labelId, await disposalNow(tx, ctx, projectId, false), policy);
    if (!label) throw new NotFoundError('Label', labelId);
    const batch = await settleBatch(tx, project, label);
    await announceLabel(tx, label, 'DELETED');
    return batch.isSettled;
  });
  wakeProjectWatchers(ctx.platform, projectId);
  if (!isSettled) settleSoon(ctx.platform);
  if (policy === 'LABEL_IMAGES_AND_SOURCE_FILES') await purgeSoon(ctx.platform, projectId);
  return projectId;
}
