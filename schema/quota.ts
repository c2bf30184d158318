import type { Quota } from '#core/platform/errors.ts';
import { readDefaultQuotas, setDefaultQuotas, setProjectQuotas, type QuotaLimits } from '#core/quotas/quotas.ts';
import { readUsage, type QuotaUsage } from '#core/quotas/usage.ts';
import { builder } from './builder.ts';
import { idOf } from './global-id.ts';
import { ProjectObject } from './project.ts';
import { commonErrors, quotaDescriptions } from './user-errors.ts';

const QuotaUsageObject = builder.objectRef<QuotaUsage>('QuotaUsage').implement({
  description: 'How much a project has of something, and may have.',
  fields: (t) => ({
    limit: t.float({ nullable: true, description: 'A whole number; null = any.', resolve: (usage) => usage.limit }),
    used: t.float({ description: 'What there is.', resolve: (usage) => usage.used }),
  }),
});

const ProjectUsageObject = builder.objectRef<Readonly<Record<Quota, QuotaUsage>>>('ProjectUsage').implement({
  description: 'What a project has and may have, by quota.',
  fields: (t) => {
    const usage = (quota: Quota, more = '') =>
      t.field({
        type: QuotaUsageObject,
        description: quotaDescriptions[quota] + more,
        resolve: (all) => all[quota],
      });
    return {
      images: usage('IMAGES'),
      bytes: usage('BYTES'),
      activeTrainings: usage('ACTIVE_TRAININGS'),
      trainingMinutes: usage(
        'TRAINING_MINUTES',
        ' Up to now; where one is to be started, those under way count with all the time they may take.',
      ),
      deployments: usage('DEPLOYMENTS'),
    };
  },
});

builder.objectField(ProjectObject, 'usage', (t) =>
  t.field({
    type: ProjectUsageObject,
    description: 'What the project has and may have.',
    complexity: 10,
    resolve: (project, _args, ctx) => readUsage(ctx.action(), project.id),
  }),
);

const DefaultQuotasObject = builder.objectRef<QuotaLimits>('DefaultQuotas').implement({
  description: 'What projects may have that have no limits of their own.',
  fields: (t) => {
    const limit = (quota: Quota) =>
      t.float({
        nullable: true,
        description: `${quotaDescriptions[quota]} A whole number; null = any.`,
        resolve: (all) => all[quota],
      });
    return {
      images: limit('IMAGES'),
      bytes: limit('BYTES'),
      activeTrainings: limit('ACTIVE_TRAININGS'),
      trainingMinutes: limit('TRAINING_MINUTES'),
      deployments: limit('DEPLOYMENTS'),
    };
  },
});

const limitDescription = (quota: Quota, none: string) =>
  `${quotaDescriptions[quota]} A whole number from 0 on; left out = kept, null = ${none}.`;

const SetProjectQuotasInput = builder.inputType('SetProjectQuotasInput', {
  description: 'Limits of one project.',
  fields: (t) => {
    const limit = (quota: Quota) =>
      t.float({ description: limitDescription(quota, 'the default of the installation') });
    return {
      projectId: t.id({ required: true, description: 'The project.' }),
      images: limit('IMAGES'),
      bytes: limit('BYTES'),
      activeTrainings: limit('ACTIVE_TRAININGS'),
      trainingMinutes: limit('TRAINING_MINUTES'),
      deployments: limit('DEPLOYMENTS'),
    };
  },
});

builder.mutationField('setProjectQuotas', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: commonErrors },
    description: 'Changes what a project may have. What it has already stays. Administrators only.',
    args: { input: t.arg({ type: SetProjectQuotasInput, required: true, description: 'The limits.' }) },
    resolve: (_root, { input: { projectId, ...input } }, ctx) =>
      setProjectQuotas(ctx.action(), idOf('Project', projectId), input),
  }),
);

const SetDefaultQuotasInput = builder.inputType('SetDefaultQuotasInput', {
  description: 'Limits of all projects that have none of their own.',
  fields: (t) => {
    const limit = (quota: Quota) => t.float({ description: limitDescription(quota, 'any') });
    return {
      images: limit('IMAGES'),
      bytes: limit('BYTES'),
      activeTrainings: limit('ACTIVE_TRAININGS'),
      trainingMinutes: limit('TRAINING_MINUTES'),
      deployments: limit('DEPLOYMENTS'),
    };
  },
});

builder.mutationField('setDefaultQuotas', (t) =>
  t.field({
    type: DefaultQuotasObject,
    errors: { types: commonErrors },
    description: 'Changes what projects may have that have no limits of their own. Administrators only.',
    args: { input: t.arg({ type: SetDefaultQuotasInput, required: true, description: 'The limits.' }) },
    resolve: (_root, { input }, ctx) => setDefaultQuotas(ctx.action(), input),
  }),
);

builder.queryField('defaultQuotas', (t) =>
  t.field({
    type: DefaultQuotasObject,
    description: 'What projects may have that have no limits of their own. Administrators only.',
    resolve: (_root, _args, ctx) => readDefaultQuotas(ctx.action()),
  }),
);
