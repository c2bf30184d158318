import { z } from 'zod';
import { appendProjectEvents, wakeProjectWatchers } from '../projects/project-events.ts';
import type { ActionContext } from '../access/viewer.ts';
import { requireLabel } from '../labels/labels.ts';
import { deleteLabelRow } from '../labels/label-row.ts';
import { validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import {
  deleteUnusedObjects,
  labelDeletePolicies,
  removeLabelFromImages,
  type LabelDeletePolicy,
} from './remove-images.ts';

/** Deletes a label by one of the reference's three policies. Dataset versions and models keep the class by its name and id. */
export async function deleteLabel(ctx: ActionContext, labelId: string, policy: LabelDeletePolicy): Promise<string> {
  const { projectId, name } = await requireLabel(ctx, labelId, 'EDITOR');
  validate(z.object({ policy: z.enum(labelDeletePolicies) }), { policy });
  const removed = await ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const digests = await removeLabelFromImages(tx, projectId, labelId, policy);
    await deleteLabelRow(tx, labelId);
    await appendProjectEvents(tx, projectId, [{ type: 'LABEL_CHANGED', change: 'DELETED', labelId, name }]);
    return digests;
  });
  wakeProjectWatchers(ctx.platform, projectId);
  if (policy === 'LABEL_IMAGES_AND_SOURCE_FILES') await deleteUnusedObjects(ctx, projectId, removed);
  return projectId;
}
