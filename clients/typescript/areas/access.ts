import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  AccessTokenFieldsFragment,
  CreateAccessTokenInput,
  CreateAccessTokenMutation,
  CreateUserInput,
  CreateUserMutation,
  RevokeAccessTokenMutation,
  UserFieldsFragment,
  ViewerQuery,
} from '../generated/graphql.ts';

graphql(`
  fragment UserFields on User {
    __typename
    id
    name
    isAdministrator
    createdAt
  }
`);

graphql(`
  fragment AccessTokenFields on AccessToken {
    __typename
    id
    name
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
export type AccessToken = AccessTokenFieldsFragment;
export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type CreateUserResult = CreateUserMutation['createUser'];
export type CreateAccessTokenResult = CreateAccessTokenMutation['createAccessToken'];
export type RevokeAccessTokenResult = RevokeAccessTokenMutation['revokeAccessToken'];

export const accessOperations = (connection: Connection) => ({
  /** Who asks, with their tokens; null without a token. */
  viewer: async (options?: CallOptions): Promise<Viewer | null> =>
    (await connection.request(viewerDocument, {}, options)).viewer,

  /** Administrators only; give them a token with `createToken`. */
  createUser: async (input: CreateUserInput, options?: CallOptions): Promise<CreateUserResult> =>
    (await connection.request(createUserDocument, { input }, options)).createUser,

  /** The text of the token is in the answer this once. */
  createToken: async (input: CreateAccessTokenInput, options?: CallOptions): Promise<CreateAccessTokenResult> =>
    (await connection.request(createTokenDocument, { input }, options)).createAccessToken,

  revokeToken: async (id: string, options?: CallOptions): Promise<RevokeAccessTokenResult> =>
    (await connection.request(revokeTokenDocument, { id }, { repeatable: true, ...options })).revokeAccessToken,
});
