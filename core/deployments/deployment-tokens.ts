import { z } from 'zod';
import { issueToken, tokenInput, type AccessToken } from '../access/access-tokens.ts';
import type { ActionContext } from '../access/viewer.ts';
import { validate } from '../platform/validate.ts';
import { requireDeployment } from './deployment-row.ts';

const input = tokenInput.extend({ deploymentId: z.string() });

/**
 * A token for an application: it calls this deployment and can do nothing else. It is the viewer's, ends with the viewer's access to the project
 * and with the deployment. EDITOR.
 */
export async function createDeploymentToken(
  ctx: ActionContext,
  values: z.input<typeof input>,
): Promise<{ token: string; accessToken: AccessToken }> {
  const deployment = await requireDeployment(ctx, values.deploymentId, 'EDITOR');
  const { name, expiresAt } = validate(input, values);
  return issueToken(ctx.platform.db, {
    userId: ctx.viewer.userId,
    name,
    expiresAt: expiresAt ?? null,
    // What it may do in the project besides, should it ever be asked.
    scope: 'READ',
    deploymentId: deployment.id,
  });
}
