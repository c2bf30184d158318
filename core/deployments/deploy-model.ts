import { z } from 'zod';
import { requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { defaultAcceptFrom } from '../models/decide.ts';
import { findModelVersion } from '../models/model-versions.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { lockProject } from '../projects/project-row.ts';
import { requireRoom } from '../quotas/require-room.ts';
import { appendChange } from './change-deployment.ts';
import type { Deployment } from './deployment-row.ts';
import { deploymentSettings } from './deployment-settings.ts';
import { stopTime } from './stop-time.ts';
import type { Serving } from './serving.ts';
import { deploymentTable } from './table.ts';

const deployInput = z.object({
  modelVersionId: z.string(),
  name: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
      'must start with a letter and have 1 to 64 characters out of letters, digits, _ and -',
    ),
  ...deploymentSettings,
});

/**
 * Puts a model version into service under a name. It is DEPLOYING at first, and RUNNING, or FAILED, once its file was tried. EDITOR.
 * @throws {ConflictError} when the name is taken. {QuotaExceededError}
 */
export async function deployModel(
  ctx: ActionContext,
  serving: Serving,
  input: z.input<typeof deployInput>,
): Promise<Deployment> {
  const { platform, viewer } = ctx;
  const version = await findModelVersion(platform.db, input.modelVersionId);
  await requireProjectOf(ctx, 'ModelVersion', input.modelVersionId, version?.projectId, 'EDITOR');
  const { modelVersionId, name, acceptFrom, ...settings } = validate(deployInput, input);
  const { projectId } = version!;
  const deployment = await mappingConstraints(() =>
    platform.db.transaction(async (tx) => {
      await lockProject(tx, projectId);
      await requireRoom(tx, projectId, ['DEPLOYMENTS']);
      const [inserted] = await tx
        .insert(deploymentTable)
        .values({
          projectId,
          name,
          state: 'DEPLOYING',
          modelVersionId,
          acceptFrom: acceptFrom ?? defaultAcceptFrom,
          ...settings,
          stopsAt: stopTime(settings.autoStopHours),
          lastSequence: 1,
        })
        .returning();
      await appendChange(tx, inserted!, 'DEPLOYED', viewer.userId);
      return inserted!;
    }),
  );
  wakeProjectWatchers(platform, projectId);
  serving.settle(deployment);
  return deployment;
}
