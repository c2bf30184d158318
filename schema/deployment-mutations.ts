import { deployModel } from '#core/deployments/deploy-model.ts';
import type { Deployment } from '#core/deployments/deployment-row.ts';
import { createDeploymentToken } from '#core/deployments/deployment-tokens.ts';
import { rollbackDeployment } from '#core/deployments/rollback-deployment.ts';
import { startDeployment } from '#core/deployments/start-deployment.ts';
import { deleteDeployment, stopDeployment } from '#core/deployments/stop-deployment.ts';
import { updateDeployment } from '#core/deployments/update-deployment.ts';
import { ConflictError, QuotaExceededError, InvalidStateError, UnavailableError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { DeploymentObject } from './deployment.ts';
import { idOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { commonErrors } from './user-errors.ts';
import { CreatedAccessToken } from './viewer.ts';

const settings = {
  autoStopHours: 'Hours after a start at which it stops by itself, 1 to 24; null = never.',
  idleStopMinutes: 'Minutes without a call after which it sleeps until the next one, 1 to 10080; null = never.',
  acceptFrom: 'How sure an answer must be for the decision ACCEPT, 0 to 1; default 0.9.',
  storeHours: 'Hours for which calls are kept with their pictures, 1 to 8760; null = they are not.',
};

const DeployModelInput = builder.inputType('DeployModelInput', {
  description: 'A deployment to make.',
  fields: (t) => ({
    modelVersionId: t.id({ required: true, description: 'The version that answers.' }),
    name: t.string({
      required: true,
      description: 'Starts with a letter, 1 to 64 letters, digits, _ and -; unique in the installation.',
    }),
    autoStopHours: t.int({ description: settings.autoStopHours }),
    idleStopMinutes: t.int({ description: settings.idleStopMinutes }),
    acceptFrom: t.float({ description: settings.acceptFrom }),
    storeHours: t.int({ description: settings.storeHours }),
  }),
});

builder.mutationField('deployModel', (t) =>
  t.field({
    type: DeploymentObject,
    errors: { types: [...commonErrors, ConflictError, QuotaExceededError] },
    description: 'Puts a model version into service. DEPLOYING at first, then RUNNING or FAILED.',
    args: { input: t.arg({ type: DeployModelInput, required: true, description: 'The deployment.' }) },
    resolve: (_root, { input }, ctx) =>
      deployModel(ctx.action(), ctx.serving, {
        ...input,
        modelVersionId: idOf('ModelVersion', input.modelVersionId),
      }),
  }),
);

const CandidateInput = builder.inputType('DeploymentCandidateInput', {
  description: 'A second version: either with a percent, or as a shadow.',
  fields: (t) => ({
    modelVersionId: t.id({ required: true, description: 'The second version.' }),
    percent: t.int({ description: 'Calls of a hundred that it answers, 1 to 99; or:' }),
    isShadow: t.boolean({ description: 'true: it is asked besides, and its answers are only compared.' }),
  }),
});

const UpdateDeploymentInput = builder.inputType('UpdateDeploymentInput', {
  description: 'Changes of a deployment; what is left out is kept.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The deployment.' }),
    modelVersionId: t.id({ description: 'The version that answers from now on.' }),
    candidate: t.field({ type: CandidateInput, description: 'The second version; null takes it away.' }),
    autoStopHours: t.int({ description: `${settings.autoStopHours} Counted from now.` }),
    idleStopMinutes: t.int({ description: settings.idleStopMinutes }),
    acceptFrom: t.float({ description: settings.acceptFrom }),
    storeHours: t.int({ description: `${settings.storeHours} What is kept already stays as long as it was to.` }),
  }),
});

builder.mutationField('updateDeployment', (t) =>
  t.field({
    type: DeploymentObject,
    errors: { types: [...commonErrors, InvalidStateError, UnavailableError] },
    description:
      'Points a deployment at other versions or changes its settings. No call is lost: a version is loaded before its first call.',
    args: { input: t.arg({ type: UpdateDeploymentInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) =>
      updateDeployment(ctx.action(), ctx.serving, {
        ...input,
        id: idOf('Deployment', input.id),
        modelVersionId: optionalIdOf('ModelVersion', input.modelVersionId),
        candidate: input.candidate && {
          ...input.candidate,
          modelVersionId: idOf('ModelVersion', input.candidate.modelVersionId),
        },
      }),
  }),
);

builder.mutationField('rollbackDeployment', (t) =>
  t.field({
    type: DeploymentObject,
    errors: { types: [...commonErrors, InvalidStateError, UnavailableError] },
    description: 'Back to the versions that answered before the last change of versions; once more, and it is undone.',
    args: { id: t.arg.id({ required: true, description: 'The deployment.' }) },
    resolve: (_root, { id }, ctx) => rollbackDeployment(ctx.action(), ctx.serving, idOf('Deployment', id)),
  }),
);

builder.mutationField('startDeployment', (t) =>
  t.field({
    type: DeploymentObject,
    errors: { types: commonErrors },
    description: 'Starts a deployment that is stopped or has failed; its hours count anew.',
    args: { id: t.arg.id({ required: true, description: 'The deployment.' }) },
    resolve: (_root, { id }, ctx) => startDeployment(ctx.action(), ctx.serving, idOf('Deployment', id)),
  }),
);

builder.mutationField('stopDeployment', (t) =>
  t.field({
    type: DeploymentObject,
    errors: { types: commonErrors },
    description: 'From this moment calls are refused; those under way get their answer.',
    args: { id: t.arg.id({ required: true, description: 'The deployment.' }) },
    resolve: (_root, { id }, ctx) => stopDeployment(ctx.action(), idOf('Deployment', id)),
  }),
);

const DeletedDeployment = builder.objectRef<Deployment>('DeletedDeployment').implement({
  description: 'What is left of a deleted deployment.',
  fields: (t) => ({
    id: t.id({
      description: 'Its id, for `servedVersionAt`: its history stays.',
      resolve: ({ id }) => writeGlobalId('Deployment', id),
    }),
    name: t.exposeString('name', { description: 'The name it had, free again.' }),
  }),
});

builder.mutationField('deleteDeployment', (t) =>
  t.field({
    type: DeletedDeployment,
    errors: { types: commonErrors },
    description: 'Deletes a deployment with all the calls that it has kept; its history stays.',
    args: { id: t.arg.id({ required: true, description: 'The deployment.' }) },
    resolve: (_root, { id }, ctx) => deleteDeployment(ctx.action(), idOf('Deployment', id)),
  }),
);

const CreateDeploymentTokenInput = builder.inputType('CreateDeploymentTokenInput', {
  description: 'A token of an application to make.',
  fields: (t) => ({
    deploymentId: t.id({ required: true, description: 'The deployment that it is good for.' }),
    name: t.string({ required: true, description: 'What it is for, 1 to 100 characters.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'In the future; left out = never.' }),
  }),
});

builder.mutationField('createDeploymentToken', (t) =>
  t.field({
    type: CreatedAccessToken,
    errors: { types: commonErrors },
    description:
      "Makes a token that calls one deployment and can do nothing else, and shows its text this once. It ends with the viewer's access to the project.",
    args: { input: t.arg({ type: CreateDeploymentTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, ctx) =>
      createDeploymentToken(ctx.action(), { ...input, deploymentId: idOf('Deployment', input.deploymentId) }),
  }),
);
