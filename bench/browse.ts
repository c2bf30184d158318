import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { createFirstAdministrator } from '#core/access/users.ts';
import type { ActionContext } from '#core/access/viewer.ts';
import { annotateImages } from '#core/images/annotate-images.ts';
import { deleteLabel } from '#core/images/delete-label.ts';
import type { ImageFilter } from '#core/images/image-filter.ts';
import { countImages, listImages, type ImageListRequest } from '#core/images/list-images.ts';
import { readConfig } from '#core/platform/config.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { startServer } from '#server/http-server.ts';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { makeProject, type MadeProject } from './browse/make-project.ts';
import { printReport, type Figure } from './report.ts';

/*
 * Listing, filtering, counting and labelling in projects of different size, in turns in one run: what grows with the project and what does not. Each list
 * begins somewhere in the project and asks for 50 images. Figures are medians of five blocks of rounds: one spell in which the machine has something
 * else to do is as long as what a p99 is made of.
 *   npm run bench:browse -- --size 10000 --size 100000 --size 1000000 --rounds 1000
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', multiple: true, default: ['10000', '100000', '1000000'] },
    rounds: { type: 'string', default: '1000' },
    /** Only cases whose name holds this. */
    only: { type: 'string', default: '' },
  },
});
const sizes = values.size.map(Number).sort((a, b) => a - b);
const rounds = Number(values.rounds);
const first = 50;
const blocks = 5;
const target = 1.5;

const folder = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
await chmod(folder, 0o755);
const postgresServer = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
const figures: Figure[] = [];
try {
  await migrateDatabase(postgresServer.url);
  const plain = postgres(postgresServer.url, { max: 1, onnotice: () => {} });
  const environment = {
    DATABASE_URL: postgresServer.url,
    EXEMPLAR_DATA: folder,
    EXEMPLAR_PORT: '0',
    EXEMPLAR_LOG_LEVEL: 'error',
  };
  const platform = await openPlatform(readConfig(environment), { role: 'server', supervise: false });
  const server = await startServer(platform);
  try {
    const { user, token } = (await createFirstAdministrator(platform.db))!;
    const ctx: ActionContext = {
      platform,
      viewer: {
        userId: user.id,
        name: user.name,
        isAdministrator: true,
        scope: 'ADMIN',
        tokenId: null,
        tokenExpiresAt: null,
      },
    };
    const [other] = await plain<{ id: string }[]>`insert into app_user (name) values ('second') returning id`;
    const projects: MadeProject[] = [];
    for (const size of sizes) {
      const started = performance.now();
      projects.push(await makeProject(plain, size, [user.id, other!.id]));
      process.stderr.write(`${size} images made in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    }
    await plain`vacuum analyze`;
    const cases = casesOf(ctx, { url: server.url, token }, [user.id, other!.id]);
    for (const [name, run] of Object.entries(cases)) if (name.includes(values.only)) await measure(name, run, projects);
    await measureDeletion(ctx, projects.at(-1)!);
  } finally {
    await server.close();
    await platform.close();
    await plain.end();
  }
} finally {
  await postgresServer.stop();
  await rm(folder, { recursive: true, force: true });
}
printReport('browse', figures);

type Run = (project: MadeProject) => Promise<unknown>;

function casesOf(
  ctx: ActionContext,
  api: { url: string; token: string },
  users: readonly string[],
): Record<string, Run> {
  const list =
    (filterOf: (project: MadeProject) => ImageFilter = () => ({}), options: Partial<ImageListRequest> = {}): Run =>
    async (project) => {
      const place = pick(project.samples);
      const after = options.orderBy === 'FILE_NAME' ? place.byName : place.id;
      return listImages(ctx, { projectId: project.projectId, filter: filterOf(project), first, after, ...options });
    };
  const label = ({ labelIds }: MadeProject) => ({ labelId: pick(labelIds) });
  const byName = { orderBy: 'FILE_NAME' } as const;
  return {
    'list, newest first': list(),
    'list, first page': list(undefined, { after: null }),
    'list, by name': list(undefined, byName),
    'filter label': list(label),
    'filter unlabelled': list(() => ({ isLabelled: false })),
    'filter split': list(() => ({ split: 'VALIDATION' })),
    'filter group': list(() => ({ group: 'camera 3' })),
    'filter uploaded by': list(() => ({ uploadedById: users[1]! })),
    'filter annotated by': list(() => ({ annotatedById: users[1]! })),
    'filter uploaded between': list(
      ({ samples }) => {
        const { createdAt } = pick(samples);
        return { uploadedAfter: createdAt, uploadedBefore: new Date(createdAt.getTime() + 600_000) };
      },
      { after: null },
    ),
    'filter suspected duplicates': list(() => ({ hasNearDuplicates: true })),
    'filter file name, common': list(() => ({ fileNameContains: '77' })),
    'filter file name, missing': list(() => ({ fileNameContains: 'holiday' }), { after: null }),
    'filter label, split and uploaded by': list((project) => ({
      ...label(project),
      split: 'VALIDATION',
      uploadedById: users[1]!,
    })),
    'filter label that was not uploaded by': list(
      (project) => ({ ...label(project), uploadedById: project.projectId }),
      { after: null },
    ),
    'filter label, by name': list(label, byName),
    'filter group, by name': list(() => ({ group: 'camera 3' }), byName),
    'filter unlabelled, by name': list(() => ({ isLabelled: false }), byName),
    'count all and of a label': async (project) =>
      Promise.all([countImages(ctx, project.projectId, {}), countImages(ctx, project.projectId, label(project))]),
    'label 100 images': async (project) => {
      const start = Math.floor(Math.random() * Math.max(1, project.samples.length - 100));
      return annotateImages(ctx, {
        projectId: project.projectId,
        annotations: project.samples.slice(start, start + 100).map(({ id }) => ({ imageId: id, ...label(project) })),
      });
    },
    'over HTTP: a filtered page with labels, addresses and count': async (project) => {
      const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${api.token}` },
        body: JSON.stringify({
          query: `query ($id: ID!, $first: Int, $after: String, $filter: ImageFilter) { images(projectId: $id, first: $first, after: $after, filter: $filter) {
            totalCount nodes { id fileName width height url annotations { label { id name } } } pageInfo { hasNextPage endCursor } } }`,
          variables: {
            id: `Project_${project.projectId}`,
            first,
            after: pick(project.samples).id,
            filter: { labelId: `Label_${pick(project.labelIds)}` },
          },
        }),
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
    },
  };
}

/** In turn, one call in each project a round. */
async function measure(name: string, run: Run, projects: readonly MadeProject[]): Promise<void> {
  const times = projects.map(() => [] as number[]);
  for (let round = -10; round < rounds; round++)
    for (const [index, project] of projects.entries()) {
      const started = performance.now();
      await run(project);
      if (round >= 0) times[index]!.push(performance.now() - started);
    }
  const at = (share: number) =>
    times.map((each) =>
      quantile(
        blocksOf(each).map((block) => quantile(block, share)),
        0.5,
      ),
    );
  const [p50, p99] = [at(0.5), at(0.99)];
  for (const [share, all] of [
    [50, p50],
    [99, p99],
  ] as const)
    for (const [index, project] of projects.entries())
      if (index > 0)
        figures.push({
          name: `${name}: p${share} with ${project.size} images`,
          value: all[index]!,
          unit: 'ms',
          reference: `the same with ${projects[0]!.size}`,
          referenceValue: all[0]!,
          target: share === 99 && index === projects.length - 1 ? target : null,
          lowerIsBetter: true,
        });
  const show = (all: readonly number[]) => all.map((value) => value.toFixed(1).padStart(7)).join('');
  process.stderr.write(
    `${name.padEnd(60)} p50${show(p50)}  p99${show(p99)}  ${(p50.at(-1)! / p50[0]!).toFixed(2)} ${(p99.at(-1)! / p99[0]!).toFixed(2)}\n`,
  );
}

/** A label with a twentieth of the images, out of the largest project: how long the caller waits, how long the rest takes, what it does to this process. */
async function measureDeletion(ctx: ActionContext, { labelIds, size }: MadeProject): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  await deleteLabel(ctx, labelIds[0]!, 'LABEL_AND_IMAGES');
  const answered = performance.now() - started;
  await ctx.platform.background.idle();
  const settled = performance.now() - started;
  delay.disable();
  process.stderr.write(
    `a label of about ${size / 20} images deleted with them: answered after ${answered.toFixed(0)} ms, all in the trash after ${(settled / 1000).toFixed(1)} s, ` +
      `event loop held ${(delay.max / 1e6).toFixed(0)} ms at most\n`,
  );
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}

function blocksOf(times: readonly number[]): readonly number[][] {
  const length = Math.ceil(times.length / blocks);
  return Array.from({ length: Math.ceil(times.length / length) }, (_, block) =>
    times.slice(block * length, (block + 1) * length),
  );
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
