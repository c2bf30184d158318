import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '#test/api-client.ts';
import { World } from '#test/world.ts';

describe('without an access token', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  test('the schema can be read, so that GraphiQL and code generators work, and nothing else', async () => {
    const nobody = new ApiClient(world.url, undefined);
    expect(await nobody.ask('{ __schema { queryType { name } } viewer { user { name } } }')).toEqual({
      __schema: { queryType: { name: 'Query' } },
      viewer: null,
    });
    const refused = await nobody.raw('{ projects { nodes { id } } }');
    expect(refused.status).toBe(401);
    expect(refused.body.errors).toMatchObject([{ path: ['projects'], extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
