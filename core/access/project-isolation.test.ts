import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import {
  collect,
  projectEventsDocument,
  subscribeOverSse,
  trainingEventsDocument,
  transferEventsDocument,
  watchOverSse,
} from '#test/event-streams.ts';
import { idArguments } from '#test/id-arguments.ts';
import { sendImport } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { deploy } from '#test/deployments.ts';
import { makeWebhook } from '#test/make-webhook.ts';
import { World } from '#test/world.ts';
import { startTransfer } from '../transfer/start-transfer.ts';
import type { Viewer } from './viewer.ts';

/** One of everything that a project can hold. */
interface Things {
  readonly Project: string;
  readonly Label: string;
  readonly Image: string;
  readonly ImageUpload: string;
  readonly DatasetVersion: string;
  readonly Training: string;
  readonly ModelVersion: string;
  readonly DatasetExport: string;
  readonly ImportUpload: string;
  readonly Deployment: string;
  readonly ServedPrediction: string;
  readonly User: string;
  readonly AccessToken: string;
  readonly Webhook: string;
  readonly WebhookDelivery: string;
}
type Kind = keyof Things;
type Document = readonly [query: string, variables?: (id: string, mine: Things) => Record<string, unknown>];
type Case = readonly [kind: Kind, ...Document];

const ask = (field: string, selection = 'id'): string => `query ($id: ID!) { ${field} { ${selection} } }`;
const list = (field: string): string => ask(`${field}(projectId: $id)`, 'nodes { id } pageInfo { endCursor }');
const issues = '... on ValidationError { issues { path message } }';
const change = (name: string, input: string, selection = ''): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${userErrorFields} ${selection} } }`;
const act = (call: string): string => `mutation ($id: ID!) { ${call} { ${userErrorFields} } }`;
const itemErrors = `results { __typename ... on AnnotationRefused { imageId error { ${userErrorFields} } } }`;
const scores = '... on Prediction { predictedLabel }';
const config = '... on NotReadyError { blockers { code message } }';

/** For each id argument a call in which the id under test is the only thing that is not the stranger's own. */
const cases: Record<string, Case> = {
  'Query.project(id)': ['Project', ask('project(id: $id)')],
  'Query.label(id)': ['Label', ask('label(id: $id)')],
  'Query.image(id)': ['Image', ask('image(id: $id)', 'url')],
  'Query.datasetVersion(id)': ['DatasetVersion', ask('datasetVersion(id: $id)')],
  'Query.training(id)': ['Training', ask('training(id: $id)')],
  'Query.modelVersion(id)': ['ModelVersion', ask('modelVersion(id: $id)', 'modelUrl')],
  'Query.transfer(id)': ['DatasetExport', ask('transfer(id: $id)')],
  'Query.transfers(projectId)': ['Project', list('transfers')],
  'Mutation.startExport(input.projectId)': [
    'Project',
    change('startExport', 'StartExportInput'),
    (projectId) => ({ input: { projectId, format: 'CSV' } }),
  ],
  'Mutation.startExport(input.datasetVersionId)': [
    'DatasetVersion',
    change('startExport', 'StartExportInput'),
    (datasetVersionId, mine) => ({ input: { projectId: mine.Project, datasetVersionId, format: 'CSV' } }),
  ],
  'Mutation.createImportUpload(input.projectId)': [
    'Project',
    change('createImportUpload', 'CreateImportUploadInput'),
    (projectId) => ({ input: { projectId, fileName: 'a.zip', byteSize: 1 } }),
  ],
  'Mutation.previewImport(input.projectId)': [
    'Project',
    change('previewImport', 'PreviewImportInput'),
    (projectId, mine) => ({ input: { projectId, uploadIds: [mine.ImportUpload] } }),
  ],
  'Mutation.previewImport(input.uploadIds)': [
    'ImportUpload',
    change('previewImport', 'PreviewImportInput'),
    (id, mine) => ({ input: { projectId: mine.Project, uploadIds: [id] } }),
  ],
  'Mutation.startImport(input.source.projectId)': [
    'Project',
    change('startImport', 'StartImportInput'),
    (projectId, mine) => ({ input: { source: { projectId, uploadIds: [mine.ImportUpload] } } }),
  ],
  'Mutation.startImport(input.source.uploadIds)': [
    'ImportUpload',
    change('startImport', 'StartImportInput'),
    (id, mine) => ({ input: { source: { projectId: mine.Project, uploadIds: [id] } } }),
  ],
  'Mutation.cancelTransfer(id)': ['DatasetExport', act('cancelTransfer(id: $id)')],
  'Query.node(id)': ['Image', ask('node(id: $id)')],
  'Query.nodes(ids)': ['Image', ask('nodes(ids: [$id])')],
  'Query.labels(projectId)': ['Project', ask('labels(projectId: $id)')],
  'Query.images(projectId)': ['Project', list('images')],
  'Query.datasetVersions(projectId)': ['Project', list('datasetVersions')],
  'Query.trainings(projectId)': ['Project', list('trainings')],
  'Query.modelVersions(projectId)': ['Project', list('modelVersions')],
  'Query.images(filter.labelId)': [
    'Label',
    'query ($id: ID!, $mine: ID!) { images(projectId: $mine, filter: { labelId: $id }) { nodes { id } } }',
    (id, mine) => ({ id, mine: mine.Project }),
  ],
  'Project.images(filter.labelId)': [
    'Label',
    'query ($id: ID!, $mine: ID!) { project(id: $mine) { images(filter: { labelId: $id }) { nodes { id } totalCount } } }',
    (id, mine) => ({ id, mine: mine.Project }),
  ],
  ...Object.fromEntries(
    ['uploadedById', 'annotatedById'].flatMap((field): [string, Case][] => [
      [
        `Query.images(filter.${field})`,
        [
          'User',
          `query ($id: ID!, $mine: ID!) { images(projectId: $mine, filter: { ${field}: $id }) { nodes { id } pageInfo { endCursor } } }`,
          (id, mine) => ({ id, mine: mine.Project }),
        ],
      ],
      [
        `Project.images(filter.${field})`,
        [
          'User',
          `query ($id: ID!, $mine: ID!) { project(id: $mine) { images(filter: { ${field}: $id }) { nodes { id } } } }`,
          (id, mine) => ({ id, mine: mine.Project }),
        ],
      ],
    ]),
  ),
  'Query.trainingReadiness(projectId)': ['Project', ask('trainingReadiness(projectId: $id)', 'isReady')],
  'Query.trainingReadiness(config.baseVersionId)': [
    'ModelVersion',
    'query ($id: ID!, $mine: ID!) { trainingReadiness(projectId: $mine, config: { baseVersionId: $id }) { blockers { code message } } }',
    (id, mine) => ({ id, mine: mine.Project }),
  ],
  'Mutation.updateProject(id)': ['Project', act('updateProject(id: $id, input: { description: "taken" })')],
  'Mutation.deleteProject(id)': ['Project', act('deleteProject(id: $id)')],
  'Mutation.setProjectMember(input.projectId)': [
    'Project',
    change('setProjectMember', 'SetProjectMemberInput'),
    (projectId, mine) => ({ input: { projectId, userId: mine.User, role: 'OWNER' } }),
  ],
  'Mutation.createLabel(input.projectId)': [
    'Project',
    change('createLabel', 'CreateLabelInput'),
    (projectId) => ({ input: { projectId, name: 'intruder' } }),
  ],
  'Mutation.updateLabel(id)': ['Label', act('updateLabel(id: $id, input: { name: "taken" })')],
  'Mutation.deleteLabel(id)': ['Label', act('deleteLabel(id: $id)')],
  'Mutation.createImageUploads(input.projectId)': [
    'Project',
    change('createImageUploads', 'CreateImageUploadsInput'),
    (projectId) => ({ input: { projectId, files: [{ fileName: 'x', byteSize: 1 }] } }),
  ],
  'Mutation.completeImageUploads(uploadIds)': [
    'ImageUpload',
    `mutation ($id: ID!) { completeImageUploads(uploadIds: [$id]) { ${userErrorFields} ... on CompleteImageUploadsPayload {
      project { id } results { __typename ... on ImageUploadRefused { error { ${userErrorFields} } } } } } }`,
  ],
  'Mutation.annotateImages(input.projectId)': [
    'Project',
    change('annotateImages', 'AnnotateImagesInput'),
    (projectId, mine) => ({ input: { projectId, annotations: [{ imageId: mine.Image, labelId: mine.Label }] } }),
  ],
  'Mutation.annotateImages(input.annotations.imageId)': [
    'Image',
    change('annotateImages', 'AnnotateImagesInput', `... on AnnotateImagesPayload { ${itemErrors} }`),
    (imageId, mine) => ({ input: { projectId: mine.Project, annotations: [{ imageId, labelId: mine.Label }] } }),
  ],
  ...Object.fromEntries(
    ['labelId', 'labelIds', 'addLabelIds', 'removeLabelIds'].map((field): [string, Case] => [
      `Mutation.annotateImages(input.annotations.${field})`,
      [
        'Label',
        change('annotateImages', 'AnnotateImagesInput', `... on AnnotateImagesPayload { ${itemErrors} }`),
        (id, mine) => ({
          input: {
            projectId: mine.Project,
            annotations: [{ imageId: mine.Image, [field]: field === 'labelId' ? id : [id] }],
          },
        }),
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['thresholdCurve(', 'atThreshold(threshold: 0.5, ', 'thresholdFor(precision: 0.5, '].map((call): [string, Case] => [
      `Evaluation.${call.split('(')[0]}(labelId)`,
      [
        'Label',
        `query ($id: ID!, $mine: ID!) { modelVersion(id: $mine) { evaluation { ${call}labelId: $id) { threshold } } } }`,
        (id, mine) => ({ id, mine: mine.ModelVersion }),
      ],
    ]),
  ),
  'Query.datasetVersionDiff(fromId)': [
    'DatasetVersion',
    'query ($id: ID!, $mine: ID!) { datasetVersionDiff(fromId: $id, toId: $mine) { addedCount } }',
    (id, mine) => ({ id, mine: mine.DatasetVersion }),
  ],
  'Query.datasetVersionDiff(toId)': [
    'DatasetVersion',
    'query ($id: ID!, $mine: ID!) { datasetVersionDiff(fromId: $mine, toId: $id) { addedCount } }',
    (id, mine) => ({ id, mine: mine.DatasetVersion }),
  ],
  'Mutation.publishDatasetVersion(input.projectId)': [
    'Project',
    change('publishDatasetVersion', 'PublishDatasetVersionInput'),
    (projectId) => ({ input: { projectId } }),
  ],
  ...Object.fromEntries(
    [
      ['setImageSplit', 'SetImageSplitInput'],
      ['setImageGroup', 'SetImageGroupInput'],
    ].flatMap(([name, input]): [string, Case][] => [
      [
        `Mutation.${name}(input.projectId)`,
        ['Project', change(name!, input!), (projectId, mine) => ({ input: { projectId, imageIds: [mine.Image] } })],
      ],
      [
        `Mutation.${name}(input.imageIds)`,
        [
          'Image',
          change(
            name!,
            input!,
            `... on ChangeImagesPayload { results { __typename ... on ImageChangeRefused { imageId error { ${userErrorFields} } } } }`,
          ),
          (id, mine) => ({ input: { projectId: mine.Project, imageIds: [id] } }),
        ],
      ],
    ]),
  ),
  'Mutation.deleteImages(input.projectId)': [
    'Project',
    change('deleteImages', 'DeleteImagesInput'),
    (projectId, mine) => ({ input: { projectId, imageIds: [mine.Image] } }),
  ],
  'Mutation.deleteImages(input.imageIds)': [
    'Image',
    change('deleteImages', 'DeleteImagesInput', '... on DeleteImagesPayload { deletedCount }'),
    (id, mine) => ({ input: { projectId: mine.Project, imageIds: [id] } }),
  ],
  ...Object.fromEntries(
    [
      ['Image', 'restoreImages', 'RestoreImagesInput'],
      ['Label', 'restoreLabels', 'RestoreLabelsInput'],
    ].flatMap(([kind, name, input]): [string, Case][] => {
      const ids = `${kind!.toLowerCase()}Id`;
      const refused = `results { __typename ... on ${kind}RestoreRefused { ${ids} error { ${userErrorFields} } existing { id } } }`;
      return [
        [
          `Mutation.${name}(input.projectId)`,
          [
            'Project',
            change(name!, input!),
            (projectId, mine) => ({ input: { projectId, [`${ids}s`]: [mine[kind as 'Image']] } }),
          ],
        ],
        [
          `Mutation.${name}(input.${ids}s)`,
          [
            kind as 'Image',
            change(name!, input!, `... on ${input!.replace('Input', 'Payload')} { ${refused} }`),
            (id, mine) => ({ input: { projectId: mine.Project, [`${ids}s`]: [id] } }),
          ],
        ],
      ];
    }),
  ),
  'Mutation.emptyTrash(projectId)': ['Project', act('emptyTrash(projectId: $id)')],
  'Mutation.updateTrainingConfig(projectId)': ['Project', act('updateTrainingConfig(projectId: $id, input: {})')],
  'Mutation.updateTrainingConfig(input.baseVersionId)': [
    'ModelVersion',
    `mutation ($id: ID!, $mine: ID!) { updateTrainingConfig(projectId: $mine, input: { baseVersionId: $id }) { ${userErrorFields} ${issues} } }`,
    (id, mine) => ({ id, mine: mine.Project }),
  ],
  'Mutation.startTraining(input.projectId)': [
    'Project',
    change('startTraining', 'StartTrainingInput'),
    (projectId) => ({ input: { projectId } }),
  ],
  'Mutation.startTraining(input.config.baseVersionId)': [
    'ModelVersion',
    change('startTraining', 'StartTrainingInput', config),
    (baseVersionId, mine) => ({ input: { projectId: mine.Project, config: { baseVersionId } } }),
  ],
  'Mutation.stopTraining(id)': ['Training', act('stopTraining(id: $id)')],
  'Mutation.cancelTraining(id)': ['Training', act('cancelTraining(id: $id)')],
  'Mutation.startModelExport(modelVersionId)': [
    'ModelVersion',
    act('startModelExport(modelVersionId: $id, format: ONNX)'),
  ],
  'Mutation.verifyModelVersion(id)': ['ModelVersion', act('verifyModelVersion(id: $id)')],
  'Mutation.predict(input.modelVersionId)': [
    'ModelVersion',
    change('predict', 'PredictInput', scores),
    (modelVersionId, mine) => ({ input: { modelVersionId, imageId: mine.Image } }),
  ],
  'Mutation.predict(input.imageId)': [
    'Image',
    change('predict', 'PredictInput', scores),
    (imageId, mine) => ({ input: { modelVersionId: mine.ModelVersion, imageId } }),
  ],
  'Mutation.predict(input.uploadId)': [
    'ImageUpload',
    change('predict', 'PredictInput', scores),
    (uploadId, mine) => ({ input: { modelVersionId: mine.ModelVersion, uploadId } }),
  ],
  'Query.deployment(id)': ['Deployment', ask('deployment(id: $id)', 'url')],
  'Query.deployments(projectId)': ['Project', list('deployments')],
  'Query.servedVersionAt(deploymentId)': [
    'Deployment',
    ask('servedVersionAt(deploymentId: $id, time: "2100-01-01T00:00:00Z")', 'kind'),
  ],
  'Deployment.predictions(filter.modelVersionId)': [
    'ModelVersion',
    'query ($id: ID!, $mine: ID!) { deployment(id: $mine) { predictions(filter: { modelVersionId: $id }) { nodes { id } } } }',
    (id, mine) => ({ id, mine: mine.Deployment }),
  ],
  'Mutation.deployModel(input.modelVersionId)': [
    'ModelVersion',
    change('deployModel', 'DeployModelInput'),
    (modelVersionId) => ({ input: { modelVersionId, name: 'stolen' } }),
  ],
  'Mutation.updateDeployment(input.id)': [
    'Deployment',
    change('updateDeployment', 'UpdateDeploymentInput'),
    (id) => ({ input: { id, acceptFrom: 0.1 } }),
  ],
  'Mutation.updateDeployment(input.modelVersionId)': [
    'ModelVersion',
    change('updateDeployment', 'UpdateDeploymentInput'),
    (modelVersionId, mine) => ({ input: { id: mine.Deployment, modelVersionId } }),
  ],
  'Mutation.updateDeployment(input.candidate.modelVersionId)': [
    'ModelVersion',
    change('updateDeployment', 'UpdateDeploymentInput'),
    (modelVersionId, mine) => ({ input: { id: mine.Deployment, candidate: { modelVersionId, percent: 10 } } }),
  ],
  ...Object.fromEntries(
    ['start', 'stop', 'rollback', 'delete'].map((verb): [string, Case] => [
      `Mutation.${verb}Deployment(id)`,
      ['Deployment', act(`${verb}Deployment(id: $id)`)],
    ]),
  ),
  'Mutation.createDeploymentToken(input.deploymentId)': [
    'Deployment',
    change('createDeploymentToken', 'CreateDeploymentTokenInput'),
    (deploymentId) => ({ input: { deploymentId, name: 'stolen' } }),
  ],
  'Mutation.addPredictionsToProject(input.deploymentId)': [
    'Deployment',
    change('addPredictionsToProject', 'AddPredictionsToProjectInput'),
    (deploymentId, mine) => ({ input: { deploymentId, predictionIds: [mine.ServedPrediction] } }),
  ],
  'Mutation.addPredictionsToProject(input.predictionIds)': [
    'ServedPrediction',
    change(
      'addPredictionsToProject',
      'AddPredictionsToProjectInput',
      `... on AddPredictionsPayload { results { __typename ... on PredictionNotAdded { predictionId error { ${userErrorFields} } } } }`,
    ),
    (id, mine) => ({ input: { deploymentId: mine.Deployment, predictionIds: [id] } }),
  ],
  'Mutation.createAccessToken(input.userId)': [
    'User',
    change('createAccessToken', 'CreateAccessTokenInput'),
    (userId) => ({ input: { name: 'stolen', userId } }),
  ],
  'Query.webhooks(projectId)': ['Project', ask('webhooks(projectId: $id)')],
  'Mutation.createWebhook(input.projectId)': [
    'Project',
    change('createWebhook', 'CreateWebhookInput'),
    (projectId) => ({ input: { projectId, url: 'https://203.0.113.1/', events: ['TRAINING_FAILED'] } }),
  ],
  'Mutation.testWebhook(id)': ['Webhook', act('testWebhook(id: $id)')],
  'Mutation.deleteWebhook(id)': ['Webhook', act('deleteWebhook(id: $id)')],
  'Mutation.redeliverWebhook(deliveryId)': ['WebhookDelivery', act('redeliverWebhook(deliveryId: $id)')],
  'Mutation.revokeAccessToken(id)': ['AccessToken', act('revokeAccessToken(id: $id)')],
};
/** The owner of a project must be able to name any user, so known and unknown ones differ; user ids are no secret. */
const knownToAll = ['Mutation.setProjectMember(input.userId)'];
/** The audit log, users and quotas, tested with them: others are refused whatever they name. */
const forAdministrators = [
  'Query.auditEvents(filter.projectId)',
  'Query.auditEvents(filter.userId)',
  'Query.user(id)',
  'Mutation.updateUser(id)',
  'Mutation.disableUser(id)',
  'Mutation.enableUser(id)',
  'Mutation.setProjectQuotas(input.projectId)',
];
/** Tested on its own below. */
const streams = [
  'Subscription.trainingEvents(trainingId)',
  'Subscription.transferEvents(transferId)',
  'Subscription.projectEvents(projectId)',
];

const unknownUuid = '00000000-0000-7000-8000-000000000000';

describe('the things of a project', () => {
  let world: World;
  let owner: ApiClient;
  let theirs: Things;
  let stranger: ApiClient;
  let mine: Things;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    [{ client: owner, things: theirs }, { client: stranger, things: mine }] = await Promise.all([settle(), settle()]);
  });
  afterAll(() => world.close());

  const settle = async (): Promise<{ client: ApiClient; things: Things }> => {
    const client = await world.user();
    const project = await world.project({ client, labels: ['cat', 'dog'], images: 5 });
    const bytes = await drawPicture(6, 6);
    const [upload] = await world.announce(project.id, [{ fileName: 'open', bytes }], client);
    await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
    const { id } = await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST' }, client);
    await collect(watchOverSse(client, id));
    const { training, viewer } = await client.ask(
      'query ($id: ID!) { training(id: $id) { datasetVersion { id } modelVersion { id } } viewer { user { id } accessTokens { id } } }',
      { id },
    );
    const transfer = await startTransfer(
      { platform: world.platform, viewer: { userId: viewer.user.id.replace('User_', ''), scope: 'ADMIN' } as Viewer },
      { projectId: project.id.replace('Project_', ''), kind: 'EXPORT', input: {} },
    );
    const modelVersionId = training.modelVersion.id;
    const deployment = await deploy(world, project.id, { modelVersionId, storeHours: 1 }, client);
    const called = await fetch(`${world.url}/deployments/${deployment.name}/predict`, {
      method: 'POST',
      body: new Blob([new Uint8Array(bytes)]),
      headers: { authorization: `Bearer ${client.token}` },
    });
    const { results } = (await called.json()) as { results: { predictionId: string }[] };
    const { webhookId, webhookDeliveryId } = await makeWebhook(client, project.id);
    const things: Things = {
      Webhook: webhookId,
      WebhookDelivery: webhookDeliveryId,
      Project: project.id,
      Label: project.labels[0]!.id,
      Image: project.imageIds[0]![0]!,
      ImageUpload: upload.id,
      DatasetVersion: training.datasetVersion.id,
      Training: id,
      DatasetExport: `DatasetExport_${transfer.id}`,
      ImportUpload: await sendImport(client, project.id, 'labels.csv', 'file,label\n'),
      ModelVersion: modelVersionId,
      Deployment: deployment.id,
      ServedPrediction: results[0]!.predictionId,
      User: viewer.user.id,
      AccessToken: viewer.accessTokens[0].id,
    };
    return { client, things };
  };
  /** The whole answer; where it names the id that was asked for, it must do so as it was sent. */
  const answer = async (name: string, id: string, client = stranger): Promise<string> => {
    const [, query, variables] = cases[name]!;
    const raw = await client.raw(query, variables ? variables(id, mine) : { id });
    return JSON.stringify(raw).replaceAll(id, '*');
  };

  test('are named by ids in exactly the places that have a case here', () => {
    expect([...Object.keys(cases), ...knownToAll, ...forAdministrators, ...streams].sort()).toEqual(
      idArguments(schema),
    );
  });

  test.each(Object.keys(cases))('of others answer at %s as what does not exist', async (name) => {
    const [kind] = cases[name]!;
    const foreign = await answer(name, theirs[kind]);
    expect(foreign).toBe(await answer(name, `${kind}_${unknownUuid}`));
    // Nor may they be equal only because neither call was understood.
    expect(foreign).not.toMatch(/INTERNAL_SERVER_ERROR|GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT/);
  });

  test('of others have no events, over server-sent events', async () => {
    for (const [kind, document] of [
      ['Training', trainingEventsDocument],
      ['DatasetExport', transferEventsDocument],
      ['Project', projectEventsDocument],
    ] as const) {
      const streamOf = (id: string) =>
        collect(subscribeOverSse(stranger, document, { id })).catch((error: Error) => error.message);
      const foreign = await streamOf(theirs[kind]);
      expect(foreign).toContain('NOT_FOUND');
      const unknown = await streamOf(`${kind}_${unknownUuid}`);
      expect(String(foreign).replaceAll(theirs[kind], `${kind}_${unknownUuid}`)).toBe(unknown);
    }
  });

  test('of others are no nodes, and what is no node is none either', async () => {
    const ids = [...Object.values(theirs), 'nonsense', 'Unknown_1', '', `User_${unknownUuid}`];
    const { nodes } = await stranger.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual(ids.map(() => null));
    const own = [
      mine.Project,
      mine.Label,
      mine.Image,
      mine.DatasetVersion,
      mine.Training,
      mine.ModelVersion,
      mine.DatasetExport,
      mine.Deployment,
    ];
    const { nodes: seen } = await stranger.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', {
      ids: own,
    });
    expect(seen).toEqual(own.map((id) => ({ id, __typename: id.split('_')[0] })));
  });

  test('are asked for by at most 100 ids a call', async () => {
    const nodes = (count: number) =>
      stranger.raw('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(count).fill(mine.Project) });
    expect((await nodes(100)).body.data.nodes).toHaveLength(100);
    const { body } = await nodes(101);
    expect(body.errors).toMatchObject([{ path: ['nodes'], extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });

  test('of others are in no list', async () => {
    const { projects } = await stranger.ask('{ projects { nodes { id } } }');
    expect(projects.nodes).toEqual([{ id: mine.Project }]);
  });

  test('are still all there for their owner', async () => {
    for (const kind of [
      'Project',
      'Label',
      'Image',
      'DatasetVersion',
      'Training',
      'ModelVersion',
      'DatasetExport',
      'Deployment',
    ] as const)
      expect(
        (await owner.ask('query ($id: ID!) { node(id: $id) { id } }', { id: theirs[kind] })).node,
        kind,
      ).not.toBeNull();
    expect((await world.complete([theirs.ImageUpload], owner))[0].outcome).toBe('CREATED');
    expect(
      (await owner.ask('query ($id: ID!) { project(id: $id) { description } }', { id: theirs.Project })).project
        .description,
    ).toBe('');
  });
});
