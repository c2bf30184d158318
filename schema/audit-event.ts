import { listAuditEvents, type AuditEvent } from '#core/audit/audit-events.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { optionalIdOf, writeGlobalId } from './global-id.ts';

const AuditOutcomeEnum = builder.enumType('AuditOutcome', {
  description: 'What became of an action.',
  values: {
    OK: { description: 'It was done.' },
    REFUSED: { description: 'The caller was told why not; `errorCode` says it.' },
    FAILED: { description: 'It was broken off: past a limit, or by a defect.' },
  },
});

const AuditEventObject = builder.objectRef<AuditEvent>('AuditEvent').implement({
  description: 'That somebody did something, or tried to.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (event) => writeGlobalId('AuditEvent', event.id) }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it was begun.', resolve: (event) => event.occurredAt }),
    userId: t.id({ description: 'Global id of who did it.', resolve: (event) => writeGlobalId('User', event.userId) }),
    userName: t.string({
      nullable: true,
      description: 'Name of the user today; null when there is none any more.',
      resolve: (event) => event.userName ?? null,
    }),
    accessTokenId: t.id({
      nullable: true,
      description: 'Global id of the access token that was used.',
      resolve: (event) => event.tokenId && writeGlobalId('AccessToken', event.tokenId),
    }),
    requestId: t.exposeString('requestId', { description: 'As in the header `x-request-id` and in the logs.' }),
    action: t.exposeString('action', { description: 'Name of the mutation.' }),
    projectId: t.id({
      nullable: true,
      description: 'Global id of the project, where it is known.',
      resolve: (event) => event.projectId && writeGlobalId('Project', event.projectId),
    }),
    targetIds: t.exposeStringList('targetIds', { description: 'Global ids that the caller named, at most 20.' }),
    input: t.string({
      description: 'What was asked for, as JSON: ids, enum values, numbers, times and flags; no texts, so no secrets.',
      resolve: (event) => JSON.stringify(event.input),
    }),
    resultId: t.field({
      type: 'UUID',
      nullable: true,
      description: 'UUID of what was made or changed: the part of its global id after the `_`.',
      resolve: (event) => event.resultId,
    }),
    outcome: t.field({
      type: AuditOutcomeEnum,
      nullable: true,
      description: 'What became of it; null while it runs, and for good when the server died meanwhile.',
      resolve: (event) => event.outcome,
    }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Code of the error, where there was one.' }),
  }),
});

const AuditEventFilter = builder.inputType('AuditEventFilter', {
  description: 'Which events of the audit log; all that is given must hold.',
  fields: (t) => ({
    userId: t.id({ description: 'Of this user.' }),
    projectId: t.id({ description: 'In this project.' }),
    action: t.string({ description: 'Of this mutation.' }),
    since: t.field({ type: 'DateTime', description: 'From then on.' }),
    until: t.field({ type: 'DateTime', description: 'Before then.' }),
  }),
});

builder.queryField('auditEvents', (t) =>
  t.field({
    type: connectionType(AuditEventObject, 'AuditEvent'),
    description: 'The audit log, newest first: every mutation but those of labelling. Administrators only.',
    args: { filter: t.arg({ type: AuditEventFilter, description: 'Left out = all.' }), ...pageArgs(t.arg) },
    complexity: pageComplexity,
    resolve: async (_root, { filter, ...args }, ctx) => {
      const { userId, projectId, ...rest } = filter ?? {};
      const ids = { userId: optionalIdOf('User', userId), projectId: optionalIdOf('Project', projectId) };
      return toConnection(
        await listAuditEvents(ctx.action(), { ...rest, ...ids }, args),
        args.after,
        (event) => event.id,
      );
    },
  }),
);
