import { type ApiClient, userErrorFields } from './api-client.ts';
import { collect, projectEventsDocument, subscribeOverSse, watchOverSse } from './event-streams.ts';
import type { TestProject, World } from './world.ts';

export interface TrainedProject extends TestProject {
  /** Model versions, oldest first. */
  readonly versions: readonly string[];
}

/** A project with so many model versions; the world needs a worker. */
export async function trainedProject(
  world: World,
  count = 1,
  options: { client?: ApiClient; labels?: readonly string[] } = {},
): Promise<TrainedProject> {
  const client = options.client ?? world.admin;
  const project = await world.project({ labels: options.labels ?? ['cat', 'dog'], images: 5, client });
  const versions: string[] = [];
  for (let number = 0; number < count; number++) {
    const { id } = await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST', seed: number + 1 }, client);
    await collect(watchOverSse(client, id));
    const { training } = await client.ask('query ($id: ID!) { training(id: $id) { modelVersion { id } } }', { id });
    versions.push(training.modelVersion.id);
  }
  return { ...project, versions };
}

export const deploymentFields = `${userErrorFields} ... on Deployment { id name state stopCause errorMessage stopsAt modelVersion { id }
  candidate { modelVersion { id } mode percent } autoStopHours idleStopMinutes acceptFrom storeHours }`;

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the document above selects
export type Selected = any;

/** Any call of `deployModel` and the like that takes an `input`. */
export function change(client: ApiClient, name: string, input: object): Promise<Selected> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return client
    .ask(
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${/^(deploy|update)/.test(name) ? deploymentFields : userErrorFields} } }`,
      { input },
    )
    .then((data) => data[name]);
}

/** Any call of `stopDeployment` and the like that takes an `id`. */
export function act(client: ApiClient, name: string, id: string): Promise<Selected> {
  return client
    .ask(
      `mutation ($id: ID!) { ${name}(id: $id) { ${name === 'deleteDeployment' ? userErrorFields : deploymentFields} } }`,
      { id },
    )
    .then((data) => data[name]);
}

export async function readDeployment(client: ApiClient, id: string): Promise<Selected> {
  const fields = deploymentFields.replace(userErrorFields, '').replace('... on Deployment', '');
  const selection = fields.trim().replace(/^\{|\}$/g, '');
  return (await client.ask(`query ($id: ID!) { deployment(id: $id) { ${selection} } }`, { id })).deployment;
}

/** Deploys a version and waits until the deployment answers, or has failed. */
export async function deploy(
  world: World,
  projectId: string,
  input: { modelVersionId: string; name?: string } & Record<string, unknown>,
  client: ApiClient = world.admin,
): Promise<Selected> {
  const { project } = await client.ask('query ($id: ID!) { project(id: $id) { lastSequence } }', { id: projectId });
  const deployment = await change(client, 'deployModel', { name: world.name('service'), ...input });
  if (deployment.code) throw new Error(`unexpected ${deployment.code}: ${deployment.message}`);
  await untilSettled(client, projectId, deployment.id, project.lastSequence);
  return readDeployment(client, deployment.id);
}

/** Waits for the project's event that the deployment is RUNNING or has FAILED. */
export async function untilSettled(
  client: ApiClient,
  projectId: string,
  deploymentId: string,
  after: number,
): Promise<void> {
  const document = projectEventsDocument.replace(
    '__typename',
    '__typename ... on ProjectDeploymentChanged { deploymentId deploymentChange }',
  );
  for await (const event of subscribeOverSse(client, document, { id: projectId, after }))
    if (event.deploymentId === deploymentId && ['READY', 'FAILED'].includes(event.deploymentChange)) return;
}
