import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import { findModelVersion, type ModelVersion } from '../models/model-versions.ts';
import { NotFoundError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { defaultAcceptFrom } from '../models/decide.ts';
import { changeDeployment } from './change-deployment.ts';
import { isSameRouting, type Routing } from './deployment-facts.ts';
import { requireDeployment, type Deployment } from './deployment-row.ts';
import { deploymentSettings } from './deployment-settings.ts';
import type { Serving } from './serving.ts';
import { stopTime } from './stop-time.ts';

const candidateInput = z
  .object({
    modelVersionId: z.string(),
    percent: z.number().int().min(1, 'must be from 1 to 99').max(99, 'must be from 1 to 99').nullish(),
    isShadow: z.boolean().nullish(),
  })
  .refine(
    ({ percent, isShadow }) => (percent == null) === (isShadow === true),
    'must either have a percent or be a shadow',
  );

const updateInput = z.object({
  id: z.string(),
  modelVersionId: z.string().nullish(),
  /** Null takes the candidate away; left out = kept, unless the version is the candidate. */
  candidate: candidateInput.nullish(),
  ...deploymentSettings,
});

/**
 * Points a deployment at other versions or changes its settings; what is left out is kept. A version is loaded before it gets its first
 * call, and calls under way end with the version they began with, so that no call is lost. EDITOR.
 * @throws {InvalidStateError} when the file of a version cannot be used: nothing has changed then.
 */
export async function updateDeployment(
  ctx: ActionContext,
  serving: Serving,
  input: z.input<typeof updateInput>,
): Promise<Deployment> {
  const before = await requireDeployment(ctx, input.id, 'EDITOR');
  for (const id of [input.modelVersionId, input.candidate?.modelVersionId])
    if (id != null) await requireVersion(ctx, before, id);
  const { id: _, modelVersionId, candidate, ...settings } = validate(updateInput, input);
  for (const id of [modelVersionId, candidate?.modelVersionId])
    if (id != null && before.state === 'RUNNING')
      await serving.predictor.load((await requireVersion(ctx, before, id)).modelKey);
  const after = await changeDeployment(ctx.platform, before, ctx.viewer.userId, async (deployment) => {
    const routing = changeRouting(deployment, modelVersionId, candidate);
    const set = { ...routing, ...changedSettings(deployment, settings) };
    return { kind: isSameRouting(deployment, routing) ? 'CONFIGURED' : 'ROUTED', set };
  });
  if (after.state === 'DEPLOYING') serving.settle(after);
  return after;
}

/** @throws {NotFoundError} also for versions of other projects. */
async function requireVersion(ctx: ActionContext, { projectId }: Deployment, id: string): Promise<ModelVersion> {
  const version = await findModelVersion(ctx.platform.db, id);
  if (version?.projectId !== projectId) throw new NotFoundError('ModelVersion', id);
  return version;
}

function changeRouting(
  deployment: Deployment,
  modelVersionId: string | null | undefined,
  candidate: z.output<typeof candidateInput> | null | undefined,
): Routing {
  const version = modelVersionId ?? deployment.modelVersionId;
  if (candidate)
    return {
      modelVersionId: version,
      candidateVersionId: candidate.modelVersionId,
      candidateMode: candidate.isShadow === true ? 'SHADOW' : 'SPLIT',
      candidatePercent: candidate.percent ?? null,
    };
  const { candidateVersionId, candidateMode, candidatePercent } = deployment;
  // A candidate that was promoted is none any more.
  if (candidate === undefined && candidateVersionId !== version)
    return { modelVersionId: version, candidateVersionId, candidateMode, candidatePercent };
  return { modelVersionId: version, candidateVersionId: null, candidateMode: null, candidatePercent: null };
}

function changedSettings(
  deployment: Deployment,
  settings: Pick<z.output<typeof updateInput>, keyof typeof deploymentSettings>,
): Partial<Deployment> {
  const { autoStopHours, idleStopMinutes, acceptFrom, storeHours } = settings;
  return {
    ...(autoStopHours !== undefined && {
      autoStopHours,
      // Counted from now, as people who change it mean it.
      ...(deployment.state !== 'STOPPED' && { stopsAt: stopTime(autoStopHours) }),
    }),
    ...(idleStopMinutes !== undefined && { idleStopMinutes }),
    ...(acceptFrom !== undefined && { acceptFrom: acceptFrom ?? defaultAcceptFrom }),
    ...(storeHours !== undefined && { storeHours }),
  };
}
