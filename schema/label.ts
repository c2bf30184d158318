import { deleteLabel } from '#core/images/delete-label.ts';
import type { LabelDeletePolicy } from '#core/images/label-delete-policy.ts';
import type { Label } from '#core/labels/label-row.ts';
import { createLabel, getLabel, listLabels, updateLabel } from '#core/labels/labels.ts';
import { ConflictError, LimitExceededError } from '#core/platform/errors.ts';
import { getProject } from '#core/projects/projects.ts';
import { builder } from './builder.ts';
import { idOf } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ProjectObject } from './project.ts';
import { commonErrors } from './user-errors.ts';

export const LabelObject = builder.objectRef<Label>('Label');
builder.node(LabelObject, {
  description: 'A class of a project.',
  id: { resolve: (label) => label.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getLabel(ctx.action(), id)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unicode (NFC), unique in the project.' }),
    color: t.exposeString('color', { description: 'Such as #E6194B.' }),
    shortcut: t.exposeString('shortcut', {
      nullable: true,
      description: 'One visible character, unique in the project; null = none.',
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Images that carry it, maintained.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (label) => label.createdAt }),
  }),
});

builder.objectField(ProjectObject, 'labels', (t) =>
  t.field({
    type: [LabelObject],
    description: 'All labels in class order; at most 1,000.',
    complexity: { field: 1, multiplier: 20 },
    resolve: (project, _args, ctx) => listLabels(ctx.action(), project.id),
  }),
);

builder.queryField('label', (t) =>
  t.field({
    type: LabelObject,
    nullable: true,
    description: 'A label by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The label.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getLabel(action, idOf('Label', id)));
    },
  }),
);

builder.queryField('labels', (t) =>
  t.field({
    type: [LabelObject],
    nullable: true,
    description: 'All labels of a project in class order; null when there is no such project.',
    args: { projectId: t.arg.id({ required: true, description: 'The project.' }) },
    complexity: { field: 1, multiplier: 20 },
    resolve: (_root, { projectId }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => listLabels(action, idOf('Project', projectId)));
    },
  }),
);

const CreateLabelInput = builder.inputType('CreateLabelInput', {
  description: 'A label to make.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    name: t.string({ required: true, description: 'Any Unicode, 1 to 64 characters, unique in the project.' }),
    color: t.string({ description: 'Such as #E6194B; left out = the next of a palette.' }),
    shortcut: t.string({ description: 'One visible character, unique in the project.' }),
  }),
});

builder.mutationField('createLabel', (t) =>
  t.field({
    type: LabelObject,
    errors: { types: [...commonErrors, ConflictError, LimitExceededError] },
    description: 'Makes a label. Editors.',
    args: { input: t.arg({ type: CreateLabelInput, required: true, description: 'The label.' }) },
    resolve: (_root, { input }, ctx) =>
      createLabel(ctx.action(), { ...input, projectId: idOf('Project', input.projectId) }),
  }),
);

const UpdateLabelInput = builder.inputType('UpdateLabelInput', {
  description: 'What changes about a label.',
  fields: (t) => ({
    name: t.string({ description: 'New name on all images at once; left out = kept.' }),
    color: t.string({ description: 'Left out = kept.' }),
    shortcut: t.string({ description: 'Left out = kept, null = none.' }),
  }),
});

builder.mutationField('updateLabel', (t) =>
  t.field({
    type: LabelObject,
    errors: { types: [...commonErrors, ConflictError] },
    description: 'Renames a label everywhere, recolours it, sets its shortcut. Editors.',
    args: {
      id: t.arg.id({ required: true, description: 'The label.' }),
      input: t.arg({ type: UpdateLabelInput, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { id, input }, ctx) => updateLabel(ctx.action(), idOf('Label', id), input),
  }),
);

const LabelDeletePolicyEnum = builder.enumType('LabelDeletePolicy', {
  description: 'What happens to the images of a deleted label.',
  values: {
    LABEL_ONLY: { description: 'They stay, without this label.' },
    LABEL_AND_IMAGES: { description: 'Those that carry no other label go into the trash too.' },
    LABEL_IMAGES_AND_SOURCE_FILES: {
      description:
        'Those that carry no other label are gone for good, and their files with them, but for those that a dataset version holds.',
    },
  } satisfies Record<LabelDeletePolicy, { description: string }>,
});

builder.mutationField('deleteLabel', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: commonErrors },
    description:
      'Moves a label into the trash: its name is free and no image carries it from now on; counts follow in moments where there are more than 1,000 images. Dataset versions and models keep the class. Editors.',
    args: {
      id: t.arg.id({ required: true, description: 'The label.' }),
      policy: t.arg({
        type: LabelDeletePolicyEnum,
        defaultValue: 'LABEL_ONLY',
        description: 'What happens to its images.',
      }),
    },
    resolve: async (_root, { id, policy }, ctx) => {
      const projectId = await deleteLabel(ctx.action(), idOf('Label', id), policy ?? 'LABEL_ONLY');
      return getProject(ctx.action(), projectId);
    },
  }),
);
