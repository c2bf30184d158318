import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TrainingWriter } from '../../test/training-writer.ts';
import { World, type TestProject } from '../../test/world.ts';
import { createExemplar } from '../typescript/index.ts';
import { openBrowser, servePages } from '../../test/browser.ts';
import { FlakyProxy } from '../../test/flaky-proxy.ts';

const run = promisify(execFile);
const here = import.meta.dirname;

describe('the example', () => {
  let world: World;
  let project: TestProject;
  /** A training that has ended: eight events. */
  let id: string;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_CORS_ORIGINS: '*' } });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    ({ id } = await world.startTraining(project.id));
    const writer = await TrainingWriter.claim(world.platform, id);
    await writer.lines(5);
    await writer.end();
  });
  afterAll(() => world.close());

  const environment = (url = world.url) => ({
    PATH: process.env['PATH'],
    EXEMPLAR_URL: url,
    EXEMPLAR_TOKEN: world.admin.token!,
  });

  test('asks and watches with curl', async () => {
    const asked = await run(join(here, 'curl/projects.sh'), { env: environment() });
    expect(JSON.parse(asked.stdout)).toEqual({
      data: { projects: { nodes: [{ id: project.id, name: project.name, imageCount: 10 }] } },
    });
    const watched = await run(join(here, 'curl/watch.sh'), [id, '2'], { env: environment() });
    const sequences = [...watched.stdout.matchAll(/"sequence":(\d+)/g)].map(([, sequence]) => Number(sequence));
    expect(sequences).toEqual([3, 4, 5, 6, 7, 8]);
    expect(watched.stdout).toContain('event: complete');
  });

  test('trains in plain Node, and goes on where a connection broke', async () => {
    const proxy = await FlakyProxy.open(world.url);
    const started = run(process.execPath, [join(here, 'node/watch.mjs'), project.id], { env: environment(proxy.url) });
    const exemplar = createExemplar({ url: world.url, token: world.admin.token! });
    const { lastSequence } = (await exemplar.projects.get(project.id))!;
    for await (const event of exemplar.watchProject(project.id, { after: lastSequence })) {
      if (event.__typename !== 'ProjectTrainingChanged' || event.state !== 'QUEUED') continue;
      const writer = await TrainingWriter.claim(world.platform, event.trainingId);
      await writer.lines(20);
      proxy.breakAll();
      await writer.lines(20);
      await writer.end();
      break;
    }
    const { stdout } = await started;
    const [versionLabel, ...lines] = stdout.trim().split('\n');
    expect(versionLabel).toMatch(/^V002 \(/);
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 43 }, (_, index) => index + 1));
    expect(lines.at(-1)).toContain('"state":"CANCELLED"');
    await proxy.close();
  });

  test('watches with Python and httpx', async ({ skip }) => {
    const packages = await mkdtemp(join(tmpdir(), 'exemplar-httpx-'));
    const python = { ...environment(), HOME: process.env['HOME'], PYTHONPATH: packages };
    const install = ['-m', 'pip', 'install', '--quiet', '--target', packages, 'httpx==0.28.1'];
    const isThere = await run('python3', ['-c', 'import httpx'], { env: python })
      .catch(() => run('python3', install, { env: { ...process.env }, timeout: 90_000 }))
      .then(
        () => true,
        () => false,
      );
    if (!isThere) skip('Python with httpx is neither here nor to be installed');
    const { stdout } = await run('python3', [join(here, 'python/watch.py'), id, '1'], { env: python });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(events.at(-1)).toMatchObject({ __typename: 'TrainingStateChanged', state: 'CANCELLED' });
    await rm(packages, { recursive: true, force: true });
  }, 120_000);

  test('shows a project live in a browser with urql', async ({ skip }) => {
    const browser = await openBrowser();
    if (!browser) return skip('there is no Chromium here');
    const pages = await servePages(resolve(here, '../..'));
    const proxy = await FlakyProxy.open(world.url);
    const page = await browser.newPage();
    const settings = new URLSearchParams({ url: proxy.url, project: project.id, token: world.admin.token! });
    await page.goto(`${pages.url}/clients/examples/urql-page/index.html#${settings}`);
    await page.getByText(project.name).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    const exemplar = createExemplar({ url: world.url, token: world.admin.token! });
    await exemplar.labels.create({ projectId: project.id, name: 'owl' });
    await page.getByText('CREATED owl').waitFor();
    proxy.breakAll();
    await exemplar.labels.create({ projectId: project.id, name: 'hen' });
    await page.getByText('CREATED hen').waitFor();
    const lines = await page.locator('li').allTextContents();
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'ProjectLabelChanged CREATED owl',
      'ProjectLabelChanged CREATED hen',
    ]);
    await browser.close();
    pages.close();
    await proxy.close();
  }, 120_000);
});
