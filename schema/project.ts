import { listProjectMembers, setProjectMember } from '#core/access/users.ts';
import { createProject, deleteProject, getProject, listProjects, updateProject } from '#core/projects/projects.ts';
import { readProject, type Project } from '#core/projects/project-row.ts';
import { ConflictError, InvalidStateError, LimitExceededError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { commonErrors } from './user-errors.ts';
import { ProjectMemberObject, ProjectRoleEnum } from './viewer.ts';

const ProjectTypeEnum = builder.enumType('ProjectType', {
  description: 'How many labels an image of the project carries.',
  values: {
    SINGLE_LABEL: { description: 'At most one; a model says the most probable class.' },
    MULTI_LABEL: { description: 'Any number; a model says each label on its own, from its threshold on.' },
  } satisfies Record<Project['type'], { description: string }>,
});

export const ProjectObject = builder.objectRef<Project>('Project');
builder.node(ProjectObject, {
  description: 'One classification task: its labels, images, trainings and members.',
  id: { resolve: (project) => project.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getProject(ctx.action(), id)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the installation.' }),
    description: t.exposeString('description', { description: 'Free text, at most 256 characters.' }),
    type: t.field({ type: ProjectTypeEnum, description: 'The kind of task.', resolve: (project) => project.type }),
    imageCount: t.exposeInt('imageCount', { description: 'Images, maintained.' }),
    labelledImageCount: t.exposeInt('labelledImageCount', { description: 'Images that carry a label, maintained.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (project) => project.createdAt }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'Last change of the project or of its counts.',
      resolve: (project) => project.updatedAt,
    }),
    members: t.field({
      type: [ProjectMemberObject],
      description: 'Everyone with a role here, by name; at most 1,000.',
      complexity: { field: 1, multiplier: 20 },
      resolve: (project, _args, ctx) => listProjectMembers(ctx.action(), project.id),
    }),
  }),
});

const ProjectConnection = connectionType(ProjectObject, 'Project');

builder.queryField('project', (t) =>
  t.field({
    type: ProjectObject,
    nullable: true,
    description: 'A project by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The project.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getProject(action, idOf('Project', id)));
    },
  }),
);

builder.queryField('projects', (t) =>
  t.field({
    type: ProjectConnection,
    description: 'The projects that the viewer may see, oldest first.',
    args: pageArgs(t.arg),
    complexity: pageComplexity,
    resolve: async (_root, args, ctx) =>
      toConnection(await listProjects(ctx.action(), args), args.after, (project) => project.id),
  }),
);

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A project to make.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Starts with a letter; 1 to 32 characters out of letters, digits, `_` and `-`; unique.',
    }),
    description: t.string({ description: 'At most 256 characters.' }),
    type: t.field({ type: ProjectTypeEnum, defaultValue: 'SINGLE_LABEL', description: 'The kind of task, for good.' }),
  }),
});

builder.mutationField('createProject', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: [...commonErrors, ConflictError, LimitExceededError] },
    description: 'Makes a project, owned by the viewer.',
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'The project.' }) },
    resolve: (_root, { input }, ctx) => createProject(ctx.action(), input),
  }),
);

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'What changes about a project.',
  fields: (t) => ({
    name: t.string({ description: 'As for `createProject`; left out = kept.' }),
    description: t.string({ description: 'At most 256 characters; left out = kept.' }),
  }),
});

builder.mutationField('updateProject', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: [...commonErrors, ConflictError] },
    description: 'Renames or describes a project. Owners only.',
    args: {
      id: t.arg.id({ required: true, description: 'The project.' }),
      input: t.arg({ type: UpdateProjectInput, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { id, input }, ctx) => updateProject(ctx.action(), idOf('Project', id), input),
  }),
);

const DeletedProject = builder.objectRef<{ id: string }>('DeletedProject').implement({
  description: 'What is left of a deleted project.',
  fields: (t) => ({
    id: t.id({ description: 'The id it had.', resolve: (project) => writeGlobalId('Project', project.id) }),
  }),
});

builder.mutationField('deleteProject', (t) =>
  t.field({
    type: DeletedProject,
    errors: { types: commonErrors },
    description: 'Deletes a project with its images, trainings and models. There is no way back. Owners only.',
    args: { id: t.arg.id({ required: true, description: 'The project.' }) },
    resolve: async (_root, args, ctx) => {
      const id = idOf('Project', args.id);
      await deleteProject(ctx.action(), id);
      return { id };
    },
  }),
);

const SetProjectMemberInput = builder.inputType('SetProjectMemberInput', {
  description: 'Who gets which role where.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    userId: t.id({ required: true, description: 'The user.' }),
    role: t.field({ type: ProjectRoleEnum, description: 'The role; null = none any more.' }),
  }),
});

builder.mutationField('setProjectMember', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description:
      'Gives a user a role in the project, changes it or takes it away. A project keeps at least one owner. Owners only.',
    args: { input: t.arg({ type: SetProjectMemberInput, required: true, description: 'Who and what.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      await setProjectMember(ctx.action(), { projectId, userId: idOf('User', input.userId), role: input.role ?? null });
      // Not through the action: who has just given up their own role is still told what became of it.
      return readProject(ctx.platform.db, projectId);
    },
  }),
);
