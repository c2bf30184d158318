import type { ActionContext } from '../access/viewer.ts';
import { changeDeployment } from './change-deployment.ts';
import { requireDeployment, type Deployment } from './deployment-row.ts';
import type { Serving } from './serving.ts';
import { stopTime } from './stop-time.ts';

/** DEPLOYING, then RUNNING or FAILED; one that is under way or runs is left as it is. EDITOR. */
export async function startDeployment(ctx: ActionContext, serving: Serving, id: string): Promise<Deployment> {
  const before = await requireDeployment(ctx, id, 'EDITOR');
  const deployment = await changeDeployment(ctx.platform, before, ctx.viewer.userId, async ({ state, autoStopHours }) =>
    state === 'RUNNING' || state === 'DEPLOYING'
      ? undefined
      : {
          kind: 'STARTED',
          set: {
            state: 'DEPLOYING',
            stopCause: null,
            errorMessage: null,
            startedAt: new Date(),
            stopsAt: stopTime(autoStopHours),
          },
        },
  );
  if (deployment.state === 'DEPLOYING') serving.settle(deployment);
  return deployment;
}
