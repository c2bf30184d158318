import type { Deployment } from '#core/deployments/deployment-row.ts';
import type { Routing } from '#core/deployments/deployment-facts.ts';
import {
  getDeployment,
  getDeploymentOfHistory,
  listDeploymentChanges,
  listDeployments,
  type DeploymentChangeRecord,
} from '#core/deployments/list-deployments.ts';
import { readDeploymentAt } from '#core/deployments/served-version-at.ts';
import { builder } from './builder.ts';
import { connectionType, eventPageArgs, pageComplexity, readSequence, toConnection } from './connection.ts';
import type { GraphQLContext } from './context.ts';
import { CandidateModeEnum, DeploymentChangeKindEnum, DeploymentStateEnum, StopCauseEnum } from './deployment-enums.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ModelVersionObject } from './model-version.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { projectList } from './project-list.ts';

const CandidateObject = builder.objectRef<Routing>('DeploymentCandidate').implement({
  description: 'A second version beside the one that answers.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'The second version.',
      resolve: (routing, _args, ctx) => versionOf(ctx, routing.candidateVersionId!),
    }),
    mode: t.field({
      type: CandidateModeEnum,
      description: 'How it takes part.',
      resolve: (routing) => routing.candidateMode!,
    }),
    percent: t.int({
      nullable: true,
      description: 'Calls of a hundred that it answers; null for a shadow.',
      resolve: (routing) => routing.candidatePercent,
    }),
  }),
});

const candidateOf = (routing: Routing): Routing | null => (routing.candidateVersionId === null ? null : routing);

/** Of a deployment that the viewer may see: it is of the same project. */
async function versionOf(ctx: GraphQLContext, id: string) {
  const version = await ctx.serving.versions.get(id);
  if (!version) throw new Error(`a deployment refers to the model version ${id}, which is not there`);
  return version;
}

const DeploymentChangeObject = builder.objectRef<DeploymentChangeRecord>('DeploymentChange').implement({
  description: 'A change of a deployment, with what was the case after it.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: '1, 2, 3, ... without gaps.' }),
    kind: t.field({ type: DeploymentChangeKindEnum, description: 'What happened.', resolve: ({ kind }) => kind }),
    state: t.field({ type: DeploymentStateEnum, description: 'Its state then.', resolve: ({ state }) => state }),
    stopCause: t.field({
      type: StopCauseEnum,
      nullable: true,
      description: 'Why it was stopped, if it was.',
      resolve: ({ stopCause }) => stopCause,
    }),
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'The version that answered then.',
      resolve: (change, _args, ctx) => versionOf(ctx, change.modelVersionId),
    }),
    candidate: t.field({
      type: CandidateObject,
      nullable: true,
      description: 'The second version, if there was one.',
      resolve: candidateOf,
    }),
    changedBy: t.id({
      nullable: true,
      description: 'The user who did it; null when nobody did: a stop by time, a wake by a call.',
      resolve: ({ changedBy }) => (changedBy === null ? null : writeGlobalId('User', changedBy)),
    }),
    changedAt: t.field({ type: 'DateTime', description: 'From when on.', resolve: ({ changedAt }) => changedAt }),
  }),
});
const DeploymentChangeConnection = connectionType(DeploymentChangeObject, 'DeploymentChange');

export const DeploymentObject = builder.objectRef<Deployment>('Deployment');
builder.node(DeploymentObject, {
  description: 'A named prediction service: it answers with a model version, and can be pointed at another one.',
  id: { resolve: ({ id }) => id, description: 'Global id; what `/v1/infers/:id` takes.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getDeployment(ctx.action(), id)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the installation; part of its address.' }),
    url: t.string({
      description: 'Where to POST pictures to.',
      resolve: ({ name }, _args, ctx) => `${ctx.platform.publicUrl}/deployments/${name}/predict`,
    }),
    state: t.field({ type: DeploymentStateEnum, description: 'Whether it answers.', resolve: ({ state }) => state }),
    stopCause: t.field({
      type: StopCauseEnum,
      nullable: true,
      description: 'Why it is stopped, if it is.',
      resolve: ({ stopCause }) => stopCause,
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why it has failed, if it has.' }),
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'The version that answers.',
      resolve: (deployment, _args, ctx) => versionOf(ctx, deployment.modelVersionId),
    }),
    candidate: t.field({
      type: CandidateObject,
      nullable: true,
      description: 'The second version, if there is one.',
      resolve: candidateOf,
    }),
    autoStopHours: t.exposeInt('autoStopHours', {
      nullable: true,
      description: 'Hours after a start at which it stops by itself; null = never.',
    }),
    stopsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it stops by itself; null = never.',
      resolve: ({ stopsAt }) => stopsAt,
    }),
    idleStopMinutes: t.exposeInt('idleStopMinutes', {
      nullable: true,
      description: 'Minutes without a call after which it sleeps until the next one; null = never.',
    }),
    acceptFrom: t.exposeFloat('acceptFrom', {
      description: 'How sure an answer must be for the decision ACCEPT, 0 to 1.',
    }),
    storeHours: t.exposeInt('storeHours', {
      nullable: true,
      description: 'Hours for which calls are kept with their pictures; null = they are not.',
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it was last started or woken.',
      resolve: ({ startedAt }) => startedAt,
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
    history: t.field({
      type: DeploymentChangeConnection,
      description: 'Every change, newest first. The cursor of a change is its number.',
      args: eventPageArgs(t.arg),
      complexity: pageComplexity,
      resolve: async ({ id }, { first, after }, ctx) =>
        toConnection(await listDeploymentChanges(ctx.action(), id, readSequence(after), first), after, (change) =>
          String(change.sequence),
        ),
    }),
  }),
});

const DeploymentConnection = connectionType(DeploymentObject, 'Deployment');
projectList('deployments', 'Prediction services, newest first.', DeploymentConnection, listDeployments);

builder.queryField('deployment', (t) =>
  t.field({
    type: DeploymentObject,
    nullable: true,
    description: 'A deployment by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The deployment.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getDeployment(action, idOf('Deployment', id)));
    },
  }),
);

builder.queryField('servedVersionAt', (t) =>
  t.field({
    type: DeploymentChangeObject,
    nullable: true,
    description:
      'Which version a deployment answered with at a moment, also after it was deleted: the last change before it. Null before the first, or when there is no such deployment.',
    args: {
      deploymentId: t.arg.id({ required: true, description: 'The deployment.' }),
      time: t.arg({ type: 'DateTime', required: true, description: 'The moment.' }),
    },
    resolve: async (_root, { deploymentId, time }, ctx) => {
      const action = ctx.action();
      const deployment = await nullWhenMissing(() => getDeploymentOfHistory(action, idOf('Deployment', deploymentId)));
      return deployment && ((await readDeploymentAt(ctx.platform.db, deployment.id, time)) ?? null);
    },
  }),
);
