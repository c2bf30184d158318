import { ApiClient, userErrorFields } from '#test/api-client.ts';
import type { World } from '#test/world.ts';
import { KnownIds } from './known-ids.ts';

/** In every name of the project that nobody but the administrator may see; it is never sent. */
export const foreignMark = 'zqforeign';

const everything = `query ($id: ID!) { project(id: $id) { id name description labels { id name imageCount } imageCount
  images(first: 100) { nodes { id fileName annotations { label { id name } } } } trainings(first: 20) { nodes { id state versionName } }
  datasetVersions(first: 20) { nodes { id name } } members { __typename role } transfers(first: 20) { nodes { __typename } } } }`;

/** Somebody who owns a project, and the project of somebody else. */
export class FuzzedPeople {
  readonly ids: KnownIds;
  readonly #world: World;
  readonly #foreignId: string;
  /** The project of the others, as it must stay. */
  readonly foreign: string;
  client: ApiClient;
  /** May do everything, and is told only of what `client` has. */
  administrator: ApiClient;
  #projectId: string;

  private constructor(
    world: World,
    foreignId: string,
    foreign: string,
    own: { client: ApiClient; projectId: string },
    administrator: ApiClient,
    ids: KnownIds,
  ) {
    this.ids = ids;
    this.#world = world;
    this.#foreignId = foreignId;
    this.foreign = foreign;
    this.client = own.client;
    this.administrator = administrator;
    this.#projectId = own.projectId;
  }

  static async open(world: World): Promise<FuzzedPeople> {
    const { admin } = world;
    const foreign = await world.project({ labels: [`${foreignMark}-a`, `${foreignMark}-b`], images: 5 });
    await admin.must(
      `mutation ($id: ID!, $input: UpdateProjectInput!) { updateProject(id: $id, input: $input) { ${userErrorFields} } }`,
      { id: foreign.id, input: { name: foreignMark, description: `${foreignMark} only` } },
    );
    await world.startTraining(foreign.id);
    const before = JSON.stringify(await admin.ask(everything, { id: foreign.id }));
    // An administrator may disable anybody.
    const { viewer } = await admin.ask('{ viewer { user { id } } }');
    const people = new FuzzedPeople(
      world,
      foreign.id,
      before,
      await own(world),
      await makeAdministrator(world),
      new KnownIds([viewer.user.id]),
    );
    people.ids.gather(before, 'foreign');
    await people.restore();
    return people;
  }

  /** What the others have by now. */
  async readForeign(): Promise<string> {
    return JSON.stringify(await this.#world.admin.ask(everything, { id: this.#foreignId }));
  }

  /** Fuzzing may delete the project and revoke the token: then there is another one. */
  async restore(): Promise<void> {
    const { status, body } = await this.client.raw(everything, { id: this.#projectId });
    if (status === 401 || !body.data?.project) {
      const { client, projectId } = await own(this.#world);
      this.client = client;
      this.#projectId = projectId;
    }
    if ((await this.administrator.raw('{ viewer { user { isAdministrator } } }')).status === 401)
      this.administrator = await makeAdministrator(this.#world);
    this.ids.gather(JSON.stringify(await this.client.ask(everything, { id: this.#projectId })));
    this.ids.gather(JSON.stringify(await this.client.ask('{ viewer { user { id } accessTokens { id } } }')));
  }
}

async function own(world: World): Promise<{ client: ApiClient; projectId: string }> {
  const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  return { client: await world.user({ project, role: 'OWNER' }), projectId: project.id };
}

async function makeAdministrator(world: World): Promise<ApiClient> {
  const { id: userId } = await world.admin.must(
    `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${userErrorFields} ... on User { id } } }`,
    { input: { name: world.name('administrator'), isAdministrator: true } },
  );
  const { token } = await world.admin.must(
    `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { ${userErrorFields} ... on CreatedAccessToken { token } } }`,
    { input: { name: 'fuzzing', userId } },
  );
  return new ApiClient(world.url, token);
}
