import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
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

  test('GraphiQL comes from this server alone, with operations that the schema has', async () => {
    const page = await (await fetch(`${world.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    expect([...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="(?!data:)([^"']+)"/g)].map(([, url]) => url)).toEqual(
      [],
    );
    const { defaultQuery } = JSON.parse(/\{"title":"Exemplar".*\}(?=,\n)/.exec(page)![0]) as { defaultQuery: string };
    expect(validate(schema, parse(defaultQuery))).toEqual([]);
    expect(Math.max(...defaultQuery.split('\n').map((line) => line.length))).toBeLessThanOrEqual(56);
  });
});
