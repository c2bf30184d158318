import type { Connection } from '../connection/connection.ts';
import type { CallOptions } from '../connection/call-options.ts';
import { graphql } from '../generated/gql.ts';
import type {
  CreateProjectInput,
  CreateProjectMutation,
  DeleteProjectMutation,
  ProjectDetailsFragment,
  ProjectFieldsFragment,
  ProjectUsageFieldsFragment,
  SetProjectMemberInput,
  SetProjectMemberMutation,
  SetProjectQuotasInput,
  SetProjectQuotasMutation,
  UpdateProjectInput,
  UpdateProjectMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment ProjectFields on Project {
    __typename
    id
    name
    description
    type
    imageCount
    labelledImageCount
    lastSequence
    createdAt
    updatedAt
  }
`);

graphql(`
  fragment ProjectDetails on Project {
    ...ProjectFields
    labels {
      ...LabelFields
    }
    members {
      userId
      userName
      role
    }
    trainingConfig {
      ...TrainingConfigFields
    }
  }
`);

graphql(`
  fragment ProjectUsageFields on ProjectUsage {
    images {
      used
      limit
    }
    bytes {
      used
      limit
    }
    activeTrainings {
      used
      limit
    }
    trainingMinutes {
      used
      limit
    }
    deployments {
      used
      limit
    }
  }
`);

const listDocument = graphql(`
  query Projects($first: Int, $after: String) {
    projects(first: $first, after: $after) {
      nodes {
        ...ProjectFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query Project($id: ID!) {
    project(id: $id) {
      ...ProjectDetails
    }
  }
`);

const createDocument = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ...ProjectFields
      ...UserErrorFields
    }
  }
`);

const updateDocument = graphql(`
  mutation UpdateProject($id: ID!, $input: UpdateProjectInput!) {
    updateProject(id: $id, input: $input) {
      ...ProjectFields
      ...UserErrorFields
    }
  }
`);

const deleteDocument = graphql(`
  mutation DeleteProject($id: ID!) {
    deleteProject(id: $id) {
      ... on DeletedProject {
        __typename
        id
      }
      ...UserErrorFields
    }
  }
`);

const setMemberDocument = graphql(`
  mutation SetProjectMember($input: SetProjectMemberInput!) {
    setProjectMember(input: $input) {
      ...ProjectDetails
      ...UserErrorFields
    }
  }
`);

const usageDocument = graphql(`
  query ProjectUsage($id: ID!) {
    project(id: $id) {
      usage {
        ...ProjectUsageFields
      }
    }
  }
`);

const setQuotasDocument = graphql(`
  mutation SetProjectQuotas($input: SetProjectQuotasInput!) {
    setProjectQuotas(input: $input) {
      ... on Project {
        __typename
        id
        usage {
          ...ProjectUsageFields
        }
      }
      ...UserErrorFields
    }
  }
`);

export type Project = ProjectFieldsFragment;
export type ProjectDetails = ProjectDetailsFragment;
export type CreateProjectResult = CreateProjectMutation['createProject'];
export type UpdateProjectResult = UpdateProjectMutation['updateProject'];
export type DeleteProjectResult = DeleteProjectMutation['deleteProject'];
export type SetProjectMemberResult = SetProjectMemberMutation['setProjectMember'];
export type ProjectUsage = ProjectUsageFieldsFragment;
export type SetProjectQuotasResult = SetProjectQuotasMutation['setProjectQuotas'];

export const projectOperations = (connection: Connection) => ({
  /** The projects that the viewer may see, oldest first. */
  list: (options?: PageOptions): Pages<Project> =>
    new Pages(
      async ({ signal, ...page }) => (await connection.request(listDocument, page, { signal })).projects,
      options,
    ),

  /** With labels, members and training config; null when there is no such project that the viewer may see. */
  get: async (id: string, options?: CallOptions): Promise<ProjectDetails | null> =>
    (await connection.request(getDocument, { id }, options)).project,

  create: async (input: CreateProjectInput, options?: CallOptions): Promise<CreateProjectResult> =>
    (await connection.request(createDocument, { input }, options)).createProject,

  update: async (id: string, input: UpdateProjectInput, options?: CallOptions): Promise<UpdateProjectResult> =>
    (await connection.request(updateDocument, { id, input }, { repeatable: true, ...options })).updateProject,

  /** With its images, trainings and models. There is no way back. */
  delete: async (id: string, options?: CallOptions): Promise<DeleteProjectResult> =>
    (await connection.request(deleteDocument, { id }, options)).deleteProject,

  /** Gives a user a role, changes it, or takes it away (null). */
  setMember: async (input: SetProjectMemberInput, options?: CallOptions): Promise<SetProjectMemberResult> =>
    (await connection.request(setMemberDocument, { input }, { repeatable: true, ...options })).setProjectMember,

  /** What it has and may have; null when there is no such project that the viewer may see. */
  usage: async (id: string, options?: CallOptions): Promise<ProjectUsage | null> =>
    (await connection.request(usageDocument, { id }, options)).project?.usage ?? null,

  /** Left out = kept, null = the default of the installation. Administrators only. */
  setQuotas: async (input: SetProjectQuotasInput, options?: CallOptions): Promise<SetProjectQuotasResult> =>
    (await connection.request(setQuotasDocument, { input }, { repeatable: true, ...options })).setProjectQuotas,
});
