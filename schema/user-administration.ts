import { disableUser, enableUser, getUser, listUsers, updateUser, type Membership } from '#core/access/manage-users.ts';
import { ConflictError, InvalidStateError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { commonErrors } from './user-errors.ts';
import { AccessTokenObject, ProjectRoleEnum, UserObject } from './viewer.ts';

const MembershipObject = builder.objectRef<Membership>('ProjectMembership').implement({
  description: 'A role that a user has in a project.',
  fields: (t) => ({
    projectId: t.id({ description: 'The project.', resolve: ({ projectId }) => writeGlobalId('Project', projectId) }),
    projectName: t.exposeString('projectName', { description: 'Name of the project.' }),
    role: t.field({ type: ProjectRoleEnum, description: 'The role.', resolve: ({ role }) => role }),
  }),
});

builder.objectFields(UserObject, (t) => ({
  accessTokens: t.field({
    type: [AccessTokenObject],
    description: 'Their access tokens, newest first, at most 100. Of others than the viewer: administrators only.',
    resolve: (user, _args, ctx) => ctx.loaders.accessTokens.load(user.id),
  }),
  memberships: t.field({
    type: [MembershipObject],
    description:
      'Their roles in projects, by name, at most 100; administrators need none. Of others than the viewer: administrators only.',
    resolve: (user, _args, ctx) => ctx.loaders.memberships.load(user.id),
  }),
}));

const UserFilter = builder.inputType('UserFilter', {
  description: 'Which users; all that is given must hold.',
  fields: (t) => ({
    nameContains: t.string({ description: 'Anywhere in the name, in any case.' }),
    isAdministrator: t.boolean({ description: 'Administrators, or all others.' }),
    isDisabled: t.boolean({ description: 'Those who are disabled, or those who are not.' }),
  }),
});

builder.queryField('users', (t) =>
  t.field({
    type: connectionType(UserObject, 'User'),
    description: 'All users, by name. Administrators only.',
    args: { filter: t.arg({ type: UserFilter, description: 'Left out = all.' }), ...pageArgs(t.arg) },
    complexity: pageComplexity,
    resolve: async (_root, { filter, ...args }, ctx) =>
      toConnection(await listUsers(ctx.action(), filter ?? {}, args), args.after, (user) => user.id),
  }),
);

builder.queryField('user', (t) =>
  t.field({
    type: UserObject,
    nullable: true,
    description: 'A user by id; null when there is none. Others than the viewer: administrators only.',
    args: { id: t.arg.id({ required: true, description: 'The user.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getUser(action, idOf('User', id)));
    },
  }),
);

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description: 'What to change of a user; what is left out stays.',
  fields: (t) => ({
    name: t.string({ description: '1 to 100 characters, unique.' }),
    isAdministrator: t.boolean({ description: 'May do everything in every project and make users.' }),
  }),
});

const userArg = { required: true, description: 'The user.' } as const;

builder.mutationField('updateUser', (t) =>
  t.field({
    type: UserObject,
    errors: { types: [...commonErrors, ConflictError, InvalidStateError] },
    description:
      'Renames a user, makes them an administrator or takes that away; one administrator stays. Administrators only.',
    args: {
      id: t.arg.id(userArg),
      input: t.arg({ type: UpdateUserInput, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { id, input }, ctx) => updateUser(ctx.action(), idOf('User', id), input),
  }),
);

builder.mutationField('disableUser', (t) =>
  t.field({
    type: UserObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description:
      "From this moment the user's access tokens are refused, those for deployments too; streams that they opened end within a minute. Their roles stay, and so does what they made. One administrator stays. Administrators only.",
    args: { id: t.arg.id(userArg) },
    resolve: (_root, { id }, ctx) => disableUser(ctx.action(), idOf('User', id)),
  }),
);

builder.mutationField('enableUser', (t) =>
  t.field({
    type: UserObject,
    errors: { types: commonErrors },
    description: 'Lets a user who was disabled in again: their tokens are good as before. Administrators only.',
    args: { id: t.arg.id(userArg) },
    resolve: (_root, { id }, ctx) => enableUser(ctx.action(), idOf('User', id)),
  }),
);
