import {
  mostMinutes,
  readTotals,
  readWindow,
  type DeploymentMinute,
  type DeploymentWindow,
  type VersionTotals,
} from '#core/deployments/deployment-statistics.ts';
import { ValidationError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { DeploymentObject } from './deployment.ts';
import { writeGlobalId } from './global-id.ts';

const VersionTotalsObject = builder.objectRef<VersionTotals>('DeploymentVersionTotals').implement({
  description: 'Calls of a deployment since the beginning that one version has answered.',
  fields: (t) => ({
    modelVersionId: t.id({
      description: 'The version.',
      resolve: (item) => writeGlobalId('ModelVersion', item.modelVersionId),
    }),
    invocations: t.exposeFloat('invocations', { description: 'Calls.' }),
    failures: t.exposeFloat('failures', {
      description: 'Calls of which no picture was answered, for whatever reason.',
    }),
    pictures: t.exposeFloat('pictures', { description: 'Pictures of these calls.' }),
    compared: t.exposeFloat('compared', { description: 'As a shadow: pictures that both versions have answered.' }),
    agreementRate: t.float({
      nullable: true,
      description: 'As a shadow: share of them of which both said the same, 0 to 1; null where none was compared.',
      resolve: ({ compared, agreed }) => (compared === 0 ? null : agreed / compared),
    }),
    lastInvokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Last call; null for a version that was a shadow only.',
      resolve: (item) => item.lastInvokedAt,
    }),
  }),
});

const MinuteObject = builder.objectRef<DeploymentMinute>('DeploymentMinute').implement({
  description: 'Calls of one minute.',
  fields: (t) => ({
    minute: t.field({ type: 'DateTime', description: 'Its start.', resolve: (item) => item.minute }),
    invocations: t.exposeInt('invocations', { description: 'Calls.' }),
    failures: t.exposeInt('failures', { description: 'Calls of which no picture was answered.' }),
  }),
});

const LatenciesObject = builder.objectRef<NonNullable<DeploymentWindow['latencies']>>('Latencies').implement({
  description:
    'How long answered calls took, from the last byte received to the answer; percentiles in milliseconds, off by a fifth at most.',
  fields: (t) => ({
    p50: t.exposeFloat('p50', { description: 'Half of the calls took no longer.' }),
    p95: t.exposeFloat('p95', { description: '95 of a hundred took no longer.' }),
    p99: t.exposeFloat('p99', { description: '99 of a hundred took no longer.' }),
  }),
});

const WindowObject = builder.objectRef<DeploymentWindow>('DeploymentWindow').implement({
  description: 'Calls of the last minutes, on all servers, as of a second ago.',
  fields: (t) => ({
    invocations: t.exposeInt('invocations', { description: 'Calls.' }),
    failures: t.exposeInt('failures', { description: 'Calls of which no picture was answered.' }),
    latencies: t.field({
      type: LatenciesObject,
      nullable: true,
      description: 'How long they took; null when none was answered.',
      resolve: (item) => item.latencies,
    }),
    minutes: t.field({
      type: [MinuteObject],
      description: 'Minutes with a call, in order.',
      resolve: (item) => [...item.minutes],
    }),
  }),
});

builder.objectField(DeploymentObject, 'totals', (t) =>
  t.field({
    type: [VersionTotalsObject],
    description: 'Calls since the beginning, by version, as of a second ago.',
    resolve: ({ id }, _args, ctx) => readTotals(ctx.platform.db, id),
  }),
);

builder.objectField(DeploymentObject, 'window', (t) =>
  t.field({
    type: WindowObject,
    description: 'Calls of the last minutes.',
    args: { minutes: t.arg.int({ defaultValue: 60, description: 'How many, 1 to 1440.' }) },
    complexity: { field: 5, multiplier: 1 },
    resolve: ({ id }, { minutes }, ctx) => {
      const count = minutes ?? 60;
      if (count < 1 || count > mostMinutes)
        throw new ValidationError([{ path: ['minutes'], message: `must be from 1 to ${mostMinutes}` }]);
      return readWindow(ctx.platform.db, id, count);
    },
  }),
);
