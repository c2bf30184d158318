import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { sendImport } from '#test/import-client.ts';
import { makeWebhook } from '#test/make-webhook.ts';
import { withScope } from '#test/scoped-client.ts';
import { World, type TestProject } from '#test/world.ts';
import { startTransfer } from '../transfer/start-transfer.ts';
import { projectRoles, type ProjectRole } from './project-access.ts';
import { tokenScopes, type TokenScope } from './token-scope.ts';
import type { Viewer } from './viewer.ts';

interface Subject {
  readonly webhookId: string;
  readonly webhookDeliveryId: string;
  readonly project: TestProject;
  readonly trainingId: string;
  readonly transferId: string;
  readonly importUploadId: string;
  readonly uploadId: string;
  readonly memberId: string;
}
/** The weakest role that may call, what it is answered with, and the call. */
type Case = readonly [ProjectRole, string, string, (subject: Subject) => object];

const withInput = (name: string, type: string) =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { ${userErrorFields} } }`;
const withId = (call: string) => `mutation ($id: ID!) { ${call} { ${userErrorFields} } }`;

const cases: Record<string, Case> = {
  annotateImages: [
    'LABELLER',
    'AnnotateImagesPayload',
    withInput('annotateImages', 'AnnotateImagesInput'),
    ({ project }) => ({
      input: {
        projectId: project.id,
        annotations: [{ imageId: project.imageIds[0]![0], labelId: project.labels[0]!.id }],
      },
    }),
  ],
  createLabel: [
    'EDITOR',
    'Label',
    withInput('createLabel', 'CreateLabelInput'),
    ({ project }) => ({ input: { projectId: project.id, name: crypto.randomUUID() } }),
  ],
  updateLabel: [
    'EDITOR',
    'Label',
    withId('updateLabel(id: $id, input: {})'),
    ({ project }) => ({ id: project.labels[0]!.id }),
  ],
  deleteLabel: ['EDITOR', 'Project', withId('deleteLabel(id: $id)'), ({ project }) => ({ id: project.labels[2]!.id })],
  createImageUploads: [
    'EDITOR',
    'CreateImageUploadsPayload',
    withInput('createImageUploads', 'CreateImageUploadsInput'),
    ({ project }) => ({ input: { projectId: project.id, files: [{ fileName: 'a', byteSize: 1 }] } }),
  ],
  completeImageUploads: [
    'EDITOR',
    'CompleteImageUploadsPayload',
    withId('completeImageUploads(uploadIds: [$id])'),
    ({ uploadId }) => ({ id: uploadId }),
  ],
  setImageSplit: [
    'EDITOR',
    'ChangeImagesPayload',
    withInput('setImageSplit', 'SetImageSplitInput'),
    ({ project }) => ({ input: { projectId: project.id, imageIds: [project.imageIds[0]![4]], split: 'TRAIN' } }),
  ],
  setImageGroup: [
    'EDITOR',
    'ChangeImagesPayload',
    withInput('setImageGroup', 'SetImageGroupInput'),
    ({ project }) => ({ input: { projectId: project.id, imageIds: [project.imageIds[0]![4]], group: 'a' } }),
  ],
  publishDatasetVersion: [
    'EDITOR',
    'PublishedDatasetVersion',
    withInput('publishDatasetVersion', 'PublishDatasetVersionInput'),
    ({ project }) => ({ input: { projectId: project.id } }),
  ],
  deleteImages: [
    'EDITOR',
    'DeleteImagesPayload',
    withInput('deleteImages', 'DeleteImagesInput'),
    ({ project }) => ({ input: { projectId: project.id, imageIds: [project.imageIds[0]![5]] } }),
  ],
  restoreImages: [
    'EDITOR',
    'RestoreImagesPayload',
    withInput('restoreImages', 'RestoreImagesInput'),
    ({ project }) => ({ input: { projectId: project.id, imageIds: [project.imageIds[0]![5]] } }),
  ],
  restoreLabels: [
    'EDITOR',
    'RestoreLabelsPayload',
    withInput('restoreLabels', 'RestoreLabelsInput'),
    ({ project }) => ({ input: { projectId: project.id, labelIds: [project.labels[2]!.id] } }),
  ],
  emptyTrash: ['EDITOR', 'Project', withId('emptyTrash(projectId: $id)'), ({ project }) => ({ id: project.id })],
  updateTrainingConfig: [
    'EDITOR',
    'TrainingConfig',
    withId('updateTrainingConfig(projectId: $id, input: {})'),
    ({ project }) => ({ id: project.id }),
  ],
  startTraining: [
    'EDITOR',
    'Training',
    withInput('startTraining', 'StartTrainingInput'),
    ({ project }) => ({ input: { projectId: project.id } }),
  ],
  stopTraining: ['EDITOR', 'Training', withId('stopTraining(id: $id)'), ({ trainingId }) => ({ id: trainingId })],
  // By then it was stopped.
  cancelTraining: [
    'EDITOR',
    'InvalidStateError',
    withId('cancelTraining(id: $id)'),
    ({ trainingId }) => ({ id: trainingId }),
  ],
  startExport: [
    'EDITOR',
    'DatasetExport',
    withInput('startExport', 'StartExportInput'),
    ({ project }) => ({ input: { projectId: project.id, format: 'CSV' } }),
  ],
  createImportUpload: [
    'EDITOR',
    'CreatedImportUpload',
    withInput('createImportUpload', 'CreateImportUploadInput'),
    ({ project }) => ({ input: { projectId: project.id, fileName: 'a.zip', byteSize: 1 } }),
  ],
  previewImport: [
    'EDITOR',
    'ImportPreview',
    withInput('previewImport', 'PreviewImportInput'),
    ({ project, importUploadId }) => ({ input: { projectId: project.id, uploadIds: [importUploadId] } }),
  ],
  startImport: [
    'EDITOR',
    'ImageImport',
    withInput('startImport', 'StartImportInput'),
    ({ project, importUploadId }) => ({ input: { source: { projectId: project.id, uploadIds: [importUploadId] } } }),
  ],
  cancelTransfer: [
    'EDITOR',
    'CancelTransferPayload',
    withId('cancelTransfer(id: $id)'),
    ({ transferId }) => ({ id: transferId }),
  ],
  updateProject: [
    'OWNER',
    'Project',
    withId('updateProject(id: $id, input: {})'),
    ({ project }) => ({ id: project.id }),
  ],
  setProjectMember: [
    'OWNER',
    'Project',
    withInput('setProjectMember', 'SetProjectMemberInput'),
    ({ project, memberId }) => ({ input: { projectId: project.id, userId: memberId, role: 'VIEWER' } }),
  ],
  createWebhook: [
    'OWNER',
    'CreatedWebhook',
    withInput('createWebhook', 'CreateWebhookInput'),
    ({ project }) => ({ input: { projectId: project.id, url: 'https://203.0.113.1/', events: ['TRAINING_FAILED'] } }),
  ],
  testWebhook: ['OWNER', 'WebhookDelivery', withId('testWebhook(id: $id)'), ({ webhookId }) => ({ id: webhookId })],
  // Nobody has taken it yet.
  redeliverWebhook: [
    'OWNER',
    'InvalidStateError',
    withId('redeliverWebhook(deliveryId: $id)'),
    ({ webhookDeliveryId }) => ({ id: webhookDeliveryId }),
  ],
  deleteWebhook: ['OWNER', 'DeletedWebhook', withId('deleteWebhook(id: $id)'), ({ webhookId }) => ({ id: webhookId })],
  deleteProject: ['OWNER', 'DeletedProject', withId('deleteProject(id: $id)'), ({ project }) => ({ id: project.id })],
};
/** Not of a project, or of a model version, or for administrators: those are tested with project-isolation, model-export, manage-users, deployments and quotas.test.ts. */
const others = [
  'addPredictionsToProject',
  'createAccessToken',
  'createBaseModelUpload',
  'createDeploymentToken',
  'createProject',
  'createUser',
  'deleteBaseModel',
  'deleteDeployment',
  'deployModel',
  'disableUser',
  'enableUser',
  'predict',
  'revokeAccessToken',
  'setDefaultQuotas',
  'setProjectQuotas',
  'startModelExport',
  'verifyModelVersion',
  'rollbackDeployment',
  'startDeployment',
  'stopDeployment',
  'updateDeployment',
  'updateUser',
];

describe('roles in a project', () => {
  let world: World;
  let project: TestProject;
  let subject: Subject;
  const clients = new Map<ProjectRole, ApiClient>();
  /** The same owner with tokens of lesser scopes. */
  const scoped = new Map<TokenScope, ApiClient>();
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog', 'owl'], images: 6 });
    // Each with a token of the scope that is worth the role.
    for (const [index, role] of projectRoles.entries())
      clients.set(role, await withScope(await world.user({ project, role }), tokenScopes[index]!));
    const owner = clients.get('OWNER')!;
    for (const scope of tokenScopes) scoped.set(scope, await withScope(owner, scope));
    const [upload] = await world.announce(project.id, [{ fileName: 'a', bytes: Buffer.from('a') }]);
    const { id } = await world.startTraining(project.id);
    const { viewer } = await world.admin.ask('{ viewer { user { id } } }');
    const administratorId = viewer.user.id.replace('User_', '');
    const transfer = await startTransfer(
      { platform: world.platform, viewer: { userId: administratorId, scope: 'ADMIN' } as Viewer },
      { projectId: project.id.replace('Project_', ''), kind: 'EXPORT', input: {} },
    );
    const transferId = `DatasetExport_${transfer.id}`;
    const importUploadId = await sendImport(world.admin, project.id, 'labels.csv', 'file,label\n');
    const { webhookId, webhookDeliveryId } = await makeWebhook(world.admin, project.id);
    subject = {
      project,
      webhookId,
      webhookDeliveryId,
      trainingId: id,
      transferId,
      importUploadId,
      uploadId: upload.id,
      memberId: (await world.user()).userId,
    };
  });
  afterAll(() => world.close());

  const call = async (name: string, client: ApiClient) => {
    const [, , query, variables] = cases[name]!;
    return (await client.ask(query, variables(subject) as Record<string, unknown>))[name];
  };

  test('have a case for every mutation of a project', () => {
    expect([...Object.keys(cases), ...others].sort()).toEqual(
      Object.keys(schema.getMutationType()!.getFields()).sort(),
    );
  });

  test.each(Object.keys(cases))('%s needs its role and no more', async (name) => {
    const [needed, typename] = cases[name]!;
    const enough = projectRoles.indexOf(needed);
    for (const role of projectRoles.slice(0, enough))
      expect(await call(name, clients.get(role)!), role).toMatchObject({
        __typename: 'PermissionDeniedError',
        code: 'PERMISSION_DENIED',
        message: `This needs the role ${needed} in the project; yours is ${role}.`,
      });
    for (const scope of tokenScopes.slice(0, enough))
      expect(await call(name, scoped.get(scope)!), scope).toMatchObject({
        __typename: 'PermissionDeniedError',
        message: `This needs an access token of the scope ${tokenScopes[enough]}; the scope of yours is ${scope}.`,
      });
    expect((await call(name, clients.get(needed)!)).__typename).toBe(typename);
  });
});

describe('membership', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat'], images: 1 });
  });
  afterAll(() => world.close());

  const setMember = (client: ApiClient, userId: string, role: string | null) =>
    client.ask(cases['setProjectMember']![2], { input: { projectId: project.id, userId, role } });
  const members = async (client: ApiClient) =>
    (await client.ask('query ($id: ID!) { project(id: $id) { members { userId role } } }', { id: project.id })).project
      ?.members;
  const everything = `query ($id: ID!) { project(id: $id) { name members { userName } labels { name } trainingConfig { seed }
    images { nodes { url annotations { label { name } } } } trainings { nodes { id } } datasetVersions { nodes { id } } modelVersions { nodes { id } } } }`;

  test('lets a viewer read everything', async () => {
    const viewer = await world.user({ project, role: 'VIEWER' });
    const { project: seen } = await viewer.ask(everything, { id: project.id });
    expect(seen.images.nodes).toHaveLength(1);
    expect((await fetch(seen.images.nodes[0].url)).status).toBe(200);
  });

  test('is given, changed and taken away, and holds from the next call on', async () => {
    const someone = await world.user();
    expect(await members(someone)).toBeUndefined();
    for (const role of ['VIEWER', 'OWNER', 'LABELLER']) {
      await setMember(world.admin, someone.userId, role);
      expect(await members(someone)).toContainEqual({ userId: someone.userId, role });
    }
    await setMember(world.admin, someone.userId, null);
    expect(await members(someone)).toBeUndefined();
    expect(await members(world.admin)).not.toContainEqual(expect.objectContaining({ userId: someone.userId }));
    await setMember(world.admin, someone.userId, null);
  });

  test('leaves the project with an owner, whoever takes it away and however many do so at once', async () => {
    const owner = await world.user();
    const { id } = await world.project({ client: owner });
    const query = withInput('setProjectMember', 'SetProjectMemberInput').replace(
      '... on UserError',
      '... on InvalidStateError { currentState } ... on UserError',
    );
    const set = async (client: ApiClient, userId: string, role: string | null) =>
      (await client.ask(query, { input: { projectId: id, userId, role } })).setProjectMember;
    const refused = {
      __typename: 'InvalidStateError',
      currentState: 'LAST_OWNER',
      message: 'A project has at least one owner. Make somebody else an owner first.',
    };
    for (const client of [owner, world.admin])
      for (const role of ['EDITOR', null]) expect(await set(client, owner.userId, role)).toMatchObject(refused);
    expect(await set(owner, owner.userId, 'OWNER')).toMatchObject({ __typename: 'Project' });

    const other = await world.user();
    await set(owner, other.userId, 'OWNER');
    const both = await Promise.all([owner, other].map(({ userId }) => set(world.admin, userId, 'VIEWER')));
    expect(both.map((result) => result.__typename).sort()).toEqual(['InvalidStateError', 'Project']);
    const { project: left } = await world.admin.ask('query ($id: ID!) { project(id: $id) { members { role } } }', {
      id,
    });
    expect(left.members.map((member: { role: string }) => member.role).sort()).toEqual(['OWNER', 'VIEWER']);
  });

  test('an owner may leave while another remains, and is told that it was done', async () => {
    const owner = await world.user();
    const own = await world.project({ client: owner });
    const other = await world.user();
    const set = async (userId: string, role: string | null) =>
      (
        await owner.ask(
          `mutation ($input: SetProjectMemberInput!) { setProjectMember(input: $input) { ${userErrorFields} ... on Project { id } } }`,
          { input: { projectId: own.id, userId, role } },
        )
      ).setProjectMember;
    await set(other.userId, 'OWNER');
    expect(await set(owner.userId, null)).toEqual({ __typename: 'Project', id: own.id });
    expect(await set(owner.userId, 'VIEWER')).toMatchObject({ __typename: 'NotFoundError' });
  });

  test('of nobody who does not exist', async () => {
    for (const userId of ['User_00000000-0000-7000-8000-000000000000', 'nonsense', project.id])
      expect((await setMember(world.admin, userId, 'VIEWER')).setProjectMember).toMatchObject({
        __typename: 'NotFoundError',
        message: expect.stringContaining('User'),
      });
  });

  test('is not needed by administrators, and makes nobody one', async () => {
    const owner = await world.user();
    const theirs = await world.project({ client: owner });
    const read = (client: ApiClient) => client.ask('query ($id: ID!) { project(id: $id) { id } }', { id: theirs.id });
    expect((await read(world.admin)).project.id).toBe(theirs.id);
    const createUser = `mutation { createUser(input: { name: "new-${theirs.name}", isAdministrator: true }) { ${userErrorFields} ... on User { isAdministrator } } }`;
    expect((await owner.ask(createUser)).createUser).toMatchObject({ __typename: 'PermissionDeniedError' });
    expect((await world.admin.ask(createUser)).createUser).toMatchObject({ isAdministrator: true });
    expect((await world.admin.ask(createUser)).createUser).toMatchObject({ __typename: 'ConflictError' });
  });

  test('of users with names of 1 to 100 characters', async () => {
    const create = `mutation ($name: String!) { createUser(input: { name: $name }) { ${userErrorFields} ... on ValidationError { issues { path } } ... on User { name } } }`;
    for (const name of ['', ' ', 'x'.repeat(101), 'a\0b'])
      expect((await world.admin.ask(create, { name })).createUser).toMatchObject({
        issues: [{ path: ['input', 'name'] }],
      });
    expect((await world.admin.ask(create, { name: ` ${'é'.repeat(100)}` })).createUser.name).toBe('é'.repeat(100));
  });
});
