import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  AccessTokenFieldsFragment,
  CreateAccessTokenInput,
  CreateAccessTokenMutation,
  CreateUserInput,
  CreateUserMutation,
  DisableUserMutation,
  EnableUserMutation,
  RevokeAccessTokenMutation,
  UpdateUserInput,
  UpdateUserMutation,
  UserDetailsFragment,
  UserFieldsFragment,
  UserFilter,
  ViewerQuery,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment UserFields on User {
    __typename
    id
    name
    isAdministrator
    createdAt
    disabledAt
  }
`);

graphql(`
  fragment UserDetails on User {
    ...UserFields
    accessTokens {
      ...AccessTokenFields
    }
    memberships {
      projectId
      projectName
      role
    }
  }
`);

graphql(`
  fragment AccessTokenFields on AccessToken {
    __typename
    id
    name
    scope
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
    deploymentId
  }
`);

const viewerDocument = graphql(`
  query Viewer {
    viewer {
      user {
        ...UserFields
      }
      accessTokens {
        ...AccessTokenFields
      }
    }
  }
`);

const usersDocument = graphql(`
  query Users($filter: UserFilter, $first: Int, $after: String) {
    users(filter: $filter, first: $first, after: $after) {
      nodes {
        ...UserFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const userDocument = graphql(`
  query User($id: ID!) {
    user(id: $id) {
      ...UserDetails
    }
  }
`);

const updateUserDocument = graphql(`
  mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {
    updateUser(id: $id, input: $input) {
      ...UserFields
      ...UserErrorFields
    }
  }
`);

const disableUserDocument = graphql(`
  mutation DisableUser($id: ID!) {
    disableUser(id: $id) {
      ...UserFields
      ...UserErrorFields
    }
  }
`);

const enableUserDocument = graphql(`
  mutation EnableUser($id: ID!) {
    enableUser(id: $id) {
      ...UserFields
      ...UserErrorFields
    }
  }
`);

const createUserDocument = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      ...UserFields
      ...UserErrorFields
    }
  }
`);

const createTokenDocument = graphql(`
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) {
      ... on CreatedAccessToken {
        __typename
        token
        accessToken {
          ...AccessTokenFields
        }
      }
      ...UserErrorFields
    }
  }
`);

const revokeTokenDocument = graphql(`
  mutation RevokeAccessToken($id: ID!) {
    revokeAccessToken(id: $id) {
      ...AccessTokenFields
      ...UserErrorFields
    }
  }
`);

export type User = UserFieldsFragment;
export type UserDetails = UserDetailsFragment;
export type AccessToken = AccessTokenFieldsFragment;
export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type CreateUserResult = CreateUserMutation['createUser'];
export type UpdateUserResult = UpdateUserMutation['updateUser'];
export type DisableUserResult = DisableUserMutation['disableUser'];
export type EnableUserResult = EnableUserMutation['enableUser'];
export type CreateAccessTokenResult = CreateAccessTokenMutation['createAccessToken'];
export type RevokeAccessTokenResult = RevokeAccessTokenMutation['revokeAccessToken'];

export const accessOperations = (connection: Connection) => ({
  /** Who asks, with their tokens; null without a token. */
  viewer: async (options?: CallOptions): Promise<Viewer | null> =>
    (await connection.request(viewerDocument, {}, options)).viewer,

  /** Administrators only; give them a token with `createToken`. */
  createUser: async (input: CreateUserInput, options?: CallOptions): Promise<CreateUserResult> =>
    (await connection.request(createUserDocument, { input }, options)).createUser,

  /** By name. Administrators only. */
  users: (filter: UserFilter = {}, options?: PageOptions): Pages<User> =>
    new Pages(
      async ({ signal, ...page }) => (await connection.request(usersDocument, { filter, ...page }, { signal })).users,
      options,
    ),

  /** With tokens and roles; null when there is no such user. Others than the viewer: administrators only. */
  user: async (id: string, options?: CallOptions): Promise<UserDetails | null> =>
    (await connection.request(userDocument, { id }, options)).user,

  /** Administrators only. */
  updateUser: async (id: string, input: UpdateUserInput, options?: CallOptions): Promise<UpdateUserResult> =>
    (await connection.request(updateUserDocument, { id, input }, { repeatable: true, ...options })).updateUser,

  /** From this moment their tokens are refused. Administrators only. */
  disableUser: async (id: string, options?: CallOptions): Promise<DisableUserResult> =>
    (await connection.request(disableUserDocument, { id }, { repeatable: true, ...options })).disableUser,

  /** Their tokens are good again. Administrators only. */
  enableUser: async (id: string, options?: CallOptions): Promise<EnableUserResult> =>
    (await connection.request(enableUserDocument, { id }, { repeatable: true, ...options })).enableUser,

  /** The text of the token is in the answer this once. */
  createToken: async (input: CreateAccessTokenInput, options?: CallOptions): Promise<CreateAccessTokenResult> =>
    (await connection.request(createTokenDocument, { input }, options)).createAccessToken,

  revokeToken: async (id: string, options?: CallOptions): Promise<RevokeAccessTokenResult> =>
    (await connection.request(revokeTokenDocument, { id }, { repeatable: true, ...options })).revokeAccessToken,
});
