import { sql } from 'drizzle-orm';
import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exemplarVersion } from '#core/platform/exemplar-version.ts';
import { expectedRevision } from '#core/platform/schema-revision.ts';
import { World } from '#test/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({ environment: { EXEMPLAR_MAX_IMAGE_SIDE: '5000' } });
});
afterAll(() => world.close());

const everything = `{ serverInfo { version nodeVersion schemaRevision objectStore time limits { imageSide imageBytes projects importBytes }
  flavors { id liveWorkers } database { version schemaRevision clockOffsetMilliseconds } objectStoreTrial { problem milliseconds } } }`;
const trial = async () => (await world.admin.ask('{ serverInfo { objectStoreTrial { problem } } }')).serverInfo;

test('a server says what it is and how its database and its store are, and nothing that is secret', async () => {
  const { serverInfo } = await world.admin.ask(everything);
  expect(serverInfo).toEqual({
    version: exemplarVersion,
    nodeVersion: process.versions.node,
    schemaRevision: expectedRevision,
    objectStore: 'FILE_SYSTEM',
    time: expect.any(String),
    limits: { imageSide: 5000, imageBytes: 25 * 1024 * 1024, projects: 100, importBytes: 10_000_000_000 },
    flavors: [{ id: 'cpu', liveWorkers: 1 }],
    database: {
      version: expect.stringMatching(/^\d+\.\d+/),
      schemaRevision: expectedRevision,
      clockOffsetMilliseconds: expect.any(Number),
    },
    objectStoreTrial: { problem: null, milliseconds: expect.any(Number) },
  });
  expect(Math.abs(serverInfo.database.clockOffsetMilliseconds)).toBeLessThan(10_000);
  const user = await world.user();
  expect((await user.ask('{ serverInfo { version limits { imageSide } } }')).serverInfo.limits).toEqual({
    imageSide: 5000,
  });
});

test('a store in which nothing can be written is told, without its place', async () => {
  const { objectsDirectory } = world.platform.config;
  await rm(objectsDirectory, { recursive: true, force: true });
  await writeFile(objectsDirectory, 'a file, where the folder should be');
  const { objectStoreTrial } = await trial();
  expect(objectStoreTrial.problem).toMatch(/^It cannot be written, read and deleted in: E/);
  expect(objectStoreTrial.problem).not.toContain(objectsDirectory);
  await rm(objectsDirectory);
  expect((await trial()).objectStoreTrial).toEqual({ problem: null });
});

test('a database that a newer version has migrated has a revision that is not known', async () => {
  await world.platform.db.execute(sql`insert into schema_migration (hash, created_at) values ('newer', 9999999999999)`);
  const { serverInfo } = await world.admin.ask('{ serverInfo { database { schemaRevision } } }');
  expect(serverInfo.database).toEqual({ schemaRevision: null });
});
