import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { random } from '#engine/random/random.ts';
import { ApiClient } from '../test/api-client.ts';
import { Installation } from './installation.ts';
import { People } from './people.ts';
import { killLeftovers } from './processes.ts';
import { startRoundRobinProxy, type RoundRobinProxy } from './round-robin-proxy.ts';
import { Watcher } from './watcher.ts';

describe('a rolling restart of two servers behind a proxy, with two workers', () => {
  let folder: string;
  let installation: Installation;
  let proxy: RoundRobinProxy;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-rolling-'));
    await chmod(folder, 0o755);
    installation = await Installation.open(folder, () => {}, AbortSignal.timeout(120_000));
    proxy = await startRoundRobinProxy(installation.urls);
  }, 150_000);
  afterAll(async () => {
    await proxy?.close();
    await installation?.close();
    const left = await killLeftovers(folder, 20_000);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    if (left.length > 0) throw new Error(`left behind: ${JSON.stringify(left)}`);
  }, 60_000);

  it('should lose no request and no event, though no client tries anything twice', { timeout: 240_000 }, async () => {
    const { token } = installation;
    const people = new People({ urls: [proxy.url], token, seed: 1, signal: AbortSignal.timeout(200_000) });
    const project = await people.makeProject('rolling', 5);
    const training = await people.startTraining(project, 'PERFORMANCE_FIRST');
    const watchers = [0, 1].map(
      (index) =>
        new Watcher({ trainingId: training.id, transport: 'SSE', urls: [proxy.url], token, draw: random(2, index) }),
    );

    const over = new AbortController();
    let [asked, labelled] = [0, 0];
    const failures: unknown[] = [];
    const client = new ApiClient(proxy.url, token);
    const image = people.images[0]!;
    const attempt = async (run: () => Promise<unknown>) => {
      try {
        await run();
      } catch (error) {
        failures.push(error);
      }
    };
    const reader = async () => {
      while (!over.signal.aborted) {
        await attempt(() =>
          client.ask(`query ($id: ID!) { project(id: $id) { name images(first: 20) { nodes { id url } } } }`, {
            id: project.id,
          }),
        );
        asked++;
      }
    };
    const labeller = async () => {
      while (!over.signal.aborted) {
        const labelId = project.labelIds[labelled % project.labelIds.length]!;
        await attempt(() =>
          client.must(
            `mutation ($input: AnnotateImagesInput!) { annotateImages(input: $input) { __typename
              ... on AnnotateImagesPayload { results { ... on AnnotatedImage { image { annotationRevision } } } }
              ... on UserError { code message } } }`,
            { input: { projectId: project.id, annotations: [{ imageId: image.id, labelId }] } },
          ),
        );
        labelled++;
      }
    };
    const revisionBefore = await revisionOf(client, image.id);
    const work = [reader(), reader(), reader(), labeller()];
    for (const server of installation.servers) {
      await server.restart('SIGTERM', 0);
      // Whoever restarts in turn waits until the proxy gives requests to the new one.
      await vi.waitUntil(() => proxy.isReady.every(Boolean), { timeout: 30_000, interval: 50 });
    }
    for (const worker of installation.workers) await worker.restart('SIGTERM', 0);
    over.abort();
    await Promise.all(work);

    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(50);
    // Acknowledged once, done once.
    expect((await revisionOf(client, image.id)) - revisionBefore).toBe(labelled);
    expect(proxy.given.every((count) => count > 0)).toBe(true);
    await Promise.all(watchers.map((watcher) => watcher.ended));
    for (const { events, isComplete } of watchers) {
      expect(isComplete).toBe(true);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      expect(events.at(-1)).toMatchObject({ __typename: 'TrainingStateChanged', state: 'COMPLETED' });
    }
  });
});

async function revisionOf(client: ApiClient, id: string): Promise<number> {
  return (await client.ask(`query ($id: ID!) { image(id: $id) { annotationRevision } }`, { id })).image
    .annotationRevision;
}
