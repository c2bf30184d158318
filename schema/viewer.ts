import {
  createAccessToken,
  revokeAccessToken,
  type AccessToken,
  type TokenOrigin,
} from '#core/access/access-tokens.ts';
import type { TokenScope } from '#core/access/token-scope.ts';
import type { ProjectRole } from '#core/access/project-access.ts';
import { createUser, readViewer, type ProjectMember, type User } from '#core/access/users.ts';
import { ConflictError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { idOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { commonErrors } from './user-errors.ts';

export const ProjectRoleEnum = builder.enumType('ProjectRole', {
  description: 'What a member may do in a project; each role may do all that the ones before it may.',
  values: {
    VIEWER: { description: 'Reads everything and tries models.' },
    LABELLER: { description: 'Annotates images.' },
    EDITOR: { description: 'Changes images, labels and trainings.' },
    OWNER: { description: 'Changes members and the project itself.' },
  } satisfies Record<ProjectRole, { description: string }>,
});

export const UserObject = builder.objectRef<User>('User').implement({
  description: 'Somebody who holds access tokens.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (user) => writeGlobalId('User', user.id) }),
    name: t.exposeString('name', { description: 'Unique in the installation.' }),
    isAdministrator: t.exposeBoolean('isAdministrator', {
      description: 'May do everything in every project and make users.',
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (user) => user.createdAt }),
    disabledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on nothing of the user is accepted; null = it is.',
      resolve: (user) => user.disabledAt,
    }),
  }),
});

export const ProjectMemberObject = builder.objectRef<ProjectMember>('ProjectMember').implement({
  description: 'A user with a role in a project.',
  fields: (t) => ({
    userId: t.id({ description: 'Global id of the user.', resolve: (member) => writeGlobalId('User', member.userId) }),
    userName: t.exposeString('userName', { description: 'Name of the user.' }),
    role: t.field({ type: ProjectRoleEnum, description: 'The role.', resolve: (member) => member.role }),
  }),
});

const AccessTokenScopeEnum = builder.enumType('AccessTokenScope', {
  description: 'What an access token may be used for, if its user may do it; each includes the ones before it.',
  values: {
    READ: { description: 'What the role VIEWER may: read, watch, try models.' },
    LABEL: { description: 'What the role LABELLER may: annotate images.' },
    TRAIN: { description: 'What the role EDITOR may: images, labels, trainings; and make projects.' },
    ADMIN: { description: 'All that the user may, also as administrator: members, access tokens, deleting projects.' },
  } satisfies Record<TokenScope, { description: string }>,
});

const AccessTokenOriginEnum = builder.enumType('AccessTokenOrigin', {
  description: 'Where an access token comes from.',
  values: {
    CREATED: { description: 'Somebody made it.' },
    LOGIN: { description: 'A login in a browser; its text is in the cookie of that browser alone.' },
    JWT: { description: 'A token of the identity provider that was used here.' },
  } satisfies Record<TokenOrigin, { description: string }>,
});

export const AccessTokenObject = builder.objectRef<AccessToken>('AccessToken').implement({
  description: 'A key to the API. The text itself is shown once, when it is made.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (token) => writeGlobalId('AccessToken', token.id) }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    scope: t.field({
      type: AccessTokenScopeEnum,
      description: 'What it may be used for.',
      resolve: (token) => token.scope,
    }),
    origin: t.field({
      type: AccessTokenOriginEnum,
      description: 'Where it comes from.',
      resolve: (token) => token.origin,
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (token) => token.createdAt }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is refused; null = never.',
      resolve: (token) => token.expiresAt,
    }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
      resolve: (token) => token.revokedAt,
    }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Last use, to the minute.',
      resolve: (token) => token.lastUsedAt,
    }),
    deploymentId: t.id({
      nullable: true,
      description: 'The only deployment that it calls, doing nothing else; null = all that its user may do.',
      resolve: (token) => (token.deploymentId === null ? null : writeGlobalId('Deployment', token.deploymentId)),
    }),
  }),
});

export const CreatedAccessToken = builder
  .objectRef<Awaited<ReturnType<typeof createAccessToken>>>('CreatedAccessToken')
  .implement({
    description: 'A new token, with its text for this once.',
    fields: (t) => ({
      token: t.exposeString('token', { description: 'The text to send as `authorization: Bearer ...`. Keep it now.' }),
      accessToken: t.field({
        type: AccessTokenObject,
        description: 'What is kept of it.',
        resolve: (created) => created.accessToken,
      }),
    }),
  });

const ViewerObject = builder.objectRef<User>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    user: t.field({ type: UserObject, description: 'The user behind the token.', resolve: (user) => user }),
    accessTokens: t.field({
      type: [AccessTokenObject],
      description: "The viewer's tokens, newest first, at most 100.",
      resolve: (user, _args, ctx) => ctx.loaders.accessTokens.load(user.id),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerObject,
    nullable: true,
    description: 'The user behind the access token; null without one.',
    resolve: (_root, _args, ctx) => (ctx.viewer ? readViewer(ctx.action()) : null),
  }),
);

const CreateUserInput = builder.inputType('CreateUserInput', {
  description: 'A user to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 100 characters, unique.' }),
    isAdministrator: t.boolean({ description: 'Default false.' }),
  }),
});

builder.mutationField('createUser', (t) =>
  t.field({
    type: UserObject,
    errors: { types: [...commonErrors, ConflictError] },
    description: 'Makes a user. Administrators only; give them a token with `createAccessToken`.',
    args: { input: t.arg({ type: CreateUserInput, required: true, description: 'The user.' }) },
    resolve: (_root, { input }, ctx) => createUser(ctx.action(), input),
  }),
);

const CreateAccessTokenInput = builder.inputType('CreateAccessTokenInput', {
  description: 'An access token to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, 1 to 100 characters.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'In the future; left out = never.' }),
    scope: t.field({ type: AccessTokenScopeEnum, description: 'What it may be used for; left out = ADMIN.' }),
    userId: t.id({ description: 'For whom; left out = the viewer. Others: administrators only.' }),
  }),
});

builder.mutationField('createAccessToken', (t) =>
  t.field({
    type: CreatedAccessToken,
    errors: { types: commonErrors },
    description: 'Makes an access token and shows its text this once. Needs a token of the scope ADMIN.',
    args: { input: t.arg({ type: CreateAccessTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, ctx) =>
      createAccessToken(ctx.action(), { ...input, userId: optionalIdOf('User', input.userId) }),
  }),
);

builder.mutationField('revokeAccessToken', (t) =>
  t.field({
    type: AccessTokenObject,
    errors: { types: commonErrors },
    description:
      'From this moment the token is refused; streams that it opened end within a minute. Every token may revoke itself; for others it takes the scope ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The token.' }) },
    resolve: (_root, { id }, ctx) => revokeAccessToken(ctx.action(), idOf('AccessToken', id)),
  }),
);
