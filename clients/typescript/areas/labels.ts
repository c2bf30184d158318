import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  CreateLabelInput,
  CreateLabelMutation,
  DeleteLabelMutation,
  LabelDeletePolicy,
  LabelFieldsFragment,
  UpdateLabelInput,
  UpdateLabelMutation,
} from '../generated/graphql.ts';

graphql(`
  fragment LabelFields on Label {
    __typename
    id
    name
    color
    shortcut
    imageCount
    createdAt
  }
`);

const listDocument = graphql(`
  query Labels($projectId: ID!) {
    labels(projectId: $projectId) {
      ...LabelFields
    }
  }
`);

const getDocument = graphql(`
  query Label($id: ID!) {
    label(id: $id) {
      ...LabelFields
    }
  }
`);

const createDocument = graphql(`
  mutation CreateLabel($input: CreateLabelInput!) {
    createLabel(input: $input) {
      ...LabelFields
      ...UserErrorFields
    }
  }
`);

const updateDocument = graphql(`
  mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) {
    updateLabel(id: $id, input: $input) {
      ...LabelFields
      ...UserErrorFields
    }
  }
`);

const deleteDocument = graphql(`
  mutation DeleteLabel($id: ID!, $policy: LabelDeletePolicy) {
    deleteLabel(id: $id, policy: $policy) {
      ...ProjectFields
      ...UserErrorFields
    }
  }
`);

export type Label = LabelFieldsFragment;
export type CreateLabelResult = CreateLabelMutation['createLabel'];
export type UpdateLabelResult = UpdateLabelMutation['updateLabel'];
export type DeleteLabelResult = DeleteLabelMutation['deleteLabel'];

export const labelOperations = (connection: Connection) => ({
  /** All labels in class order; null when there is no such project. */
  list: async (projectId: string, options?: CallOptions): Promise<readonly Label[] | null> =>
    (await connection.request(listDocument, { projectId }, options)).labels,

  get: async (id: string, options?: CallOptions): Promise<Label | null> =>
    (await connection.request(getDocument, { id }, options)).label,

  create: async (input: CreateLabelInput, options?: CallOptions): Promise<CreateLabelResult> =>
    (await connection.request(createDocument, { input }, options)).createLabel,

  /** Renames it on all images at once, recolours it, sets or clears (null) its shortcut. */
  update: async (id: string, input: UpdateLabelInput, options?: CallOptions): Promise<UpdateLabelResult> =>
    (await connection.request(updateDocument, { id, input }, { repeatable: true, ...options })).updateLabel,

  /** The policy says what happens to its images; left out = they stay, without a label. Answers the project. */
  delete: async (
    id: string,
    { policy, ...options }: CallOptions & { readonly policy?: LabelDeletePolicy | undefined } = {},
  ): Promise<DeleteLabelResult> => (await connection.request(deleteDocument, { id, policy }, options)).deleteLabel,
});
