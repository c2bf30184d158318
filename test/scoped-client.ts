import { ApiClient, userErrorFields } from './api-client.ts';

/** The same user with a new token of another scope. */
export async function withScope(client: ApiClient, scope: string): Promise<ApiClient & { tokenId: string }> {
  const { token, accessToken } = await client.must(
    `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { ${userErrorFields}
      ... on CreatedAccessToken { token accessToken { id scope } } } }`,
    { input: { name: `for ${scope}`, scope } },
  );
  return Object.assign(new ApiClient(client.url, token), { tokenId: accessToken.id as string });
}
