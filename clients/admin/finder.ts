import { ResultError, type Exemplar } from '../typescript/index.ts';
import type {
  AccessToken,
  DatasetVersion,
  Deployment,
  Label,
  ModelVersion,
  Project,
  Training,
  User,
} from '../typescript/index.ts';
import { UsageError } from './exit-codes.ts';

/** Things by what people call them: names, version numbers, or ids. @throws {ResultError} NOT_FOUND with what there is. */
export class Finder {
  readonly #exemplar: Exemplar;

  constructor(exemplar: Exemplar) {
    this.#exemplar = exemplar;
  }

  /** The named project, else the only one that there is. */
  async project(name: string | undefined): Promise<Project> {
    if (name?.startsWith('Project_')) {
      const project = await this.#exemplar.projects.get(name);
      if (!project) throw missing('project', name, []);
      return project;
    }
    const projects = await this.#exemplar.projects.list().toArray();
    const found = name === undefined && projects.length === 1 ? projects[0] : projects.find((one) => one.name === name);
    if (found) return found;
    if (name !== undefined)
      throw missing(
        'project',
        name,
        projects.map((one) => one.name),
      );
    throw new UsageError(
      projects.length === 0
        ? 'There is no project yet: exemplar project create NAME'
        : `Say which project: --project NAME, or EXEMPLAR_PROJECT. There are ${shorten(projects.map((one) => one.name))}.`,
    );
  }

  async label(projectId: string, asked: string): Promise<Label> {
    const labels = (await this.#exemplar.labels.list(projectId)) ?? [];
    const name = asked.normalize('NFC');
    return found('label', asked, labels, (label) => label.id === asked || label.name === name);
  }

  /** V001, or an id; the newest where none is said. */
  version(projectId: string, asked: string | undefined): Promise<ModelVersion> {
    return first(
      'model version',
      asked,
      this.#exemplar.modelVersions.list(projectId),
      (one) => one.id === asked || one.name === versionName(asked),
      ({ name }) => name,
    );
  }

  /** By the version that it makes or was to make; the newest where none is said. */
  training(projectId: string, asked: string | undefined): Promise<Training> {
    return first(
      'training',
      asked,
      this.#exemplar.trainings.list(projectId),
      (one) => one.id === asked || one.versionName === versionName(asked),
      (one) => one.versionName,
    );
  }

  datasetVersion(projectId: string, asked: string): Promise<DatasetVersion> {
    const list = this.#exemplar.datasetVersions.list(projectId);
    return first(
      'dataset version',
      asked,
      list,
      (one) => one.id === asked || one.name === asked,
      ({ name }) => name,
    );
  }

  /** Names of deployments are unique in the installation: without a project all are looked through. */
  async deployment(asked: string, project: string | undefined): Promise<Deployment> {
    if (asked.startsWith('Deployment_')) {
      const deployment = await this.#exemplar.deployments.get(asked);
      if (!deployment) throw missing('deployment', asked, []);
      return deployment;
    }
    const projects = project === undefined ? this.#exemplar.projects.list() : [await this.project(project)];
    const names: string[] = [];
    for await (const { id } of projects)
      for await (const deployment of this.#exemplar.deployments.list(id)) {
        if (deployment.name === asked) return deployment;
        names.push(deployment.name);
      }
    throw missing('deployment', asked, names);
  }

  /** Administrators. */
  user(asked: string): Promise<User> {
    // Names hold anything, ids only themselves.
    const list = this.#exemplar.access.users(asked.startsWith('User_') ? {} : { nameContains: asked });
    return first(
      'user',
      asked,
      list,
      (one) => one.id === asked || one.name === asked,
      ({ name }) => name,
    );
  }

  /** One of the viewer's, which is not revoked. */
  async accessToken(asked: string): Promise<AccessToken> {
    const tokens = ((await this.#exemplar.access.viewer())?.accessTokens ?? []).filter(({ revokedAt }) => !revokedAt);
    const byName = tokens.filter(({ name }) => name === asked);
    if (byName.length > 1) throw new UsageError(`${byName.length} tokens are called ${asked}: say the id of one.`);
    return found('token', asked, tokens, (one) => one.id === asked || one.name === asked);
  }
}

/** V001 for V001, v1 and 1. */
function versionName(asked: string | undefined): string | undefined {
  const number = /^v?(\d{1,9})$/i.exec(asked ?? '')?.[1];
  return number === undefined ? asked : `V${String(Number(number)).padStart(3, '0')}`;
}

async function first<T>(
  what: string,
  asked: string | undefined,
  list: AsyncIterable<T>,
  isIt: (one: T) => boolean,
  nameOf: (one: T) => string,
): Promise<T> {
  const names: string[] = [];
  for await (const one of list) {
    if (asked === undefined || isIt(one)) return one;
    names.push(nameOf(one));
  }
  throw missing(what, asked, names);
}

function found<T extends { readonly name: string }>(
  what: string,
  asked: string,
  all: readonly T[],
  isIt: (one: T) => boolean,
): T {
  const one = all.find(isIt);
  if (!one)
    throw missing(
      what,
      asked,
      all.map(({ name }) => name),
    );
  return one;
}

function missing(what: string, asked: string | undefined, names: readonly string[]): ResultError {
  const there = names.length === 0 ? `There is no ${what} here.` : `There is ${shorten(names)}.`;
  const message =
    asked === undefined ? there : `There is no ${what} ${JSON.stringify(asked)}, or you may not see it. ${there}`;
  return new ResultError({ __typename: 'NotFoundError', code: 'NOT_FOUND', message });
}

const namesShown = 10;
const shorten = (names: readonly string[]): string =>
  names.slice(0, namesShown).join(', ') + (names.length > namesShown ? ` and ${names.length - namesShown} more` : '');
