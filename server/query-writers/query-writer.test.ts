import { execute, getOperationAST, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate } from '#core/access/access-tokens.ts';
import { createContext, type GraphQLContext } from '#schema/context.ts';
import { schema } from '#schema/index.ts';
import { World, type TestProject } from '#test/world.ts';
import { openStreams } from '../open-streams.ts';
import { QueryWriter } from './query-writer.ts';

type Case = (project: TestProject) => [query: string, ...variables: Record<string, unknown>[]];

const imageFields = 'id fileName sha256 isLabelled group splitOverride createdAt url(form: ORIGINAL)';

const good: Record<string, Case> = {
  'things, lists, and nothing': ({ id }) => [
    'query ($id: ID!) { project(id: $id) { id name type description createdAt labels { id name color shortcut } } none: project(id: "Project_0") { id } }',
    { id },
  ],
  'pages with what is loaded later': ({ id, imageIds }) => [
    `query ($id: ID!, $first: Int, $after: String) { images(projectId: $id, first: $first, after: $after, direction: ASC) { totalCount
      edges { cursor node { ${imageFields} annotations { source confidence createdAt label { name imageCount } } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    { id },
    { id, first: 2 },
    { id, first: 2, after: imageIds[0]![1]!.replace('Image_', '') },
  ],
  'interfaces by their types, and unknown ids': ({ id, imageIds, labels }) => [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Project { name } ... on Image { fileName } ... on Label { title: name } } node(id: "x") { id } }',
    { ids: [id, imageIds[0]![0], labels[1]!.id, 'Image_0', imageIds[1]![0]] },
  ],
  'fragments that overlap': ({ id }) => [
    `query ($id: ID!) { project(id: $id) { ...Names labels { name } images(first: 1) { nodes { ...Image } } ...Names } again: project(id: $id) { __typename name } }
     fragment Names on Project { name shown: name labels { id ...Label } images(first: 1) { nodes { fileName width } } }
     fragment Label on Label { id name } fragment Image on Node { id ... on Image { height format } }`,
    { id },
  ],
  'fields that variables skip and include': ({ id }) => [
    `query ($id: ID!, $a: Boolean!, $b: Boolean = true) { project(id: $id) { id @include(if: $a) name @skip(if: $a) ...More @include(if: $b)
      labels @skip(if: true) { id } } } fragment More on Project { imageCount labels @include(if: $b) { name @skip(if: $a) __typename } }`,
    ...[true, false].flatMap((a) => [{}, { b: false }, { b: true }].map((more) => ({ id, a, ...more }))),
  ],
  'objects of which nothing is wanted': ({ id }) => [
    'query ($id: ID!) { project(id: $id) { id @skip(if: true) labels { id @include(if: false) } } __typename }',
    { id },
  ],
  'arguments by variables and fixed': ({ id, labels }) => [
    `query ($id: ID!, $label: ID) { project(id: $id) { images(filter: { labelId: $label, isLabelled: true }, orderBy: FILE_NAME, direction: DESC) {
      totalCount nodes { fileName } } } }`,
    { id, label: labels[0]!.id },
    { id },
  ],
  'one operation of several': () => [
    'query Two { __typename } query One { viewer { user { name isAdministrator } accessTokens { name scope expiresAt } } }',
  ],
  'numbers and flags': ({ id }) => [
    'query ($id: ID!) { trainingReadiness(projectId: $id) { isReady blockers { __typename } } trainingFlavors { name } serverInfo { limits { imageBytes imagePixels } } }',
    { id },
  ],
};

/** Left to graphql-js, which answers with errors or knows more. */
const left: Record<string, Case> = {
  introspection: () => ['{ __schema { queryType { name } } }'],
  'a variable that is missing': () => ['query ($id: ID!) { project(id: $id) { id } }', {}],
  'what a resolver refuses at once': () => [`{ nodes(ids: [${'"x" '.repeat(101)}]) { id } }`],
  'what a resolver refuses later': ({ id }) => [
    'query ($id: ID!) { project(id: $id) { id images(first: 2000000) { nodes { id } } } }',
    { id },
  ],
  'an error deep in a list': ({ id }) => [
    'query ($id: ID!) { projects { nodes { name images(after: "x") { nodes { id } } } } project(id: $id) { name } }',
    { id },
  ],
};

describe('a query that is written as text', () => {
  let world: World;
  let project: TestProject;
  let streams: Awaited<ReturnType<typeof openStreams>>;
  let freshContext: () => Promise<GraphQLContext>;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat "quoted" \\ \u{1F408}', 'dög\u2028'], images: 3 });
    streams = await openStreams(world.platform);
    const { platform, server, admin } = world;
    freshContext = async () =>
      createContext(
        { platform, streams, serving: server.serving },
        await authenticate(platform.db, admin.token!),
        'one',
      );
  });
  afterAll(async () => {
    await streams.close();
    await world.close();
  });

  /** Of the same query by both ways, as the same viewer. */
  async function both(query: string, ...allVariables: Record<string, unknown>[]) {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const operationName = getOperationAST(document) ? undefined : 'One';
    const writer = new QueryWriter(schema, document, getOperationAST(document, operationName)!);
    const answers: { text: string | undefined; result: string }[] = [];
    for (const variables of allVariables.length > 0 ? allVariables : [{}])
      answers.push({
        text: await writer.write(await freshContext(), variables),
        result: JSON.stringify(
          await execute({
            schema,
            document,
            operationName,
            variableValues: variables,
            contextValue: await freshContext(),
          }),
        ),
      });
    return answers;
  }

  it.each(Object.entries(good))('%s: as graphql-js answers', async (_name, make) => {
    const [query, ...variables] = make(project);
    for (const { text, result } of await both(query, ...variables)) expect(text).toBe(result);
  });

  it.each(Object.entries(left))('%s: is left to graphql-js', async (_name, make) => {
    const [query, ...variables] = make(project);
    for (const { text, result } of await both(query, ...variables)) {
      expect(text).toBeUndefined();
      expect(result).toMatch(/"errors":|__schema/);
    }
  });

  it('may have too many variables that decide over fields', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const query = `query (${names.map((name) => `$${name}: Boolean!`).join()}) { ${names.map((name) => `${name}: __typename @skip(if: $${name})`).join(' ')} }`;
    const [answer] = await both(query, Object.fromEntries(names.map((name) => [name, false])));
    expect(answer).toEqual({ text: undefined, result: expect.stringContaining('"e":"Query"') });
  });

  it('is planned no further than it is executed', async () => {
    // Each level twice: 2 to the power of 60 fields in all.
    const levels = Array.from(
      { length: 60 },
      (_, level) => `fragment F${level} on ${level % 2 === 0 ? 'Training' : 'ModelVersion'} {
      a: ${level % 2 === 0 ? 'modelVersion' : 'training'} { ...F${level + 1} } b: ${level % 2 === 0 ? 'modelVersion' : 'training'} { ...F${level + 1} } }`,
    );
    const query = `{ training(id: "Training_00000000-0000-7000-8000-000000000000") { ...F0 } } ${levels.join(' ')} fragment F60 on Training { id }`;
    const document = parse(query);
    const writer = new QueryWriter(schema, document, getOperationAST(document)!);
    expect(await writer.write(await freshContext(), {})).toBeUndefined();
  });
});
