import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '#core/transfer/archives/open-archive.ts';
import { userErrorFields } from '#test/api-client.ts';
import { collect, subscribeOverSse, transferEventsDocument, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

const bundleFields = `bundle { url bytes sha256 modelBytes imageCount unreadableCount parity wholeParity accuracy
  int8 { isIncluded bytes accuracy drop allowedDrop } }`;
const exportFields = `id state failure { code message hint isRetryable } modelVersion { id } ${bundleFields}`;
const start = `mutation ($id: ID!) { startModelExport(modelVersionId: $id, format: ONNX) { ${userErrorFields} ... on ModelExport { ${exportFields} } } }`;

/** Runs a verifier in a folder; what it said and its exit code. */
async function run(command: string, parameters: readonly string[], folder: string) {
  const child = spawn(command, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { output, errors, code: code as number };
}

const pythonHasRuntime = spawnSync('python3', ['-c', 'import onnxruntime, numpy']).status === 0;

describe('an exported model', () => {
  let world: World;
  let project: TestProject;
  let folder: string;
  let modelVersion: {
    id: string;
    classes: { name: string }[];
    evaluation: { images: { nodes: { imageId: string }[] } };
  };
  // oxlint-disable-next-line typescript/no-explicit-any -- as the API answers
  let exported: any;

  const train = async (labels: readonly string[], type?: string) => {
    const own = await world.project({ labels, images: 12, ...(type && { type }) });
    const { id } = await world.startTraining(own.id, { preference: 'PERFORMANCE_FIRST', maxDurationMinutes: 6 });
    expect((await collect(watchOverSse(world.admin, id))).at(-1)).toMatchObject({ state: 'COMPLETED' });
    const { training } = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { modelVersion { id classes { name } evaluation { images(first: 100) { nodes { imageId } } } } } }`,
      { id },
    );
    return { own, version: training.modelVersion };
  };
  const exportModel = async (id: string) => {
    const { startModelExport } = await world.admin.ask(start, { id });
    await collect(subscribeOverSse(world.admin, transferEventsDocument, { id: startModelExport.id }));
    const { transfer } = await world.admin.ask(
      `query ($id: ID!) { transfer(id: $id) { ... on ModelExport { ${exportFields} } } }`,
      { id: startModelExport.id },
    );
    return transfer;
  };
  const unpack = async (url: string) => {
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toContain('model-V001.zip');
    const zip = join(await mkdtemp(join(folder, 'zip-')), 'bundle.zip');
    await writeFile(zip, Buffer.from(await response.arrayBuffer()));
    const target = await mkdtemp(join(folder, 'bundle-'));
    await using archive = await openArchive(zip);
    for await (const entry of archive.entries()) {
      if (!('read' in entry)) throw new Error(`not to be read: ${entry.path}`);
      await mkdir(dirname(join(target, entry.path)), { recursive: true });
      await writeFile(join(target, entry.path), await entry.read(1e9));
    }
    return target;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-export-'));
    world = await World.open({ worker: true });
    const { own, version } = await train(['circle', 'square | <b>', 'disc']);
    [project, modelVersion] = [own, version];
    exported = await exportModel(modelVersion.id);
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is proven to answer as the server does', () => {
    expect(exported).toMatchObject({ state: 'COMPLETED', failure: null, modelVersion: { id: modelVersion.id } });
    const { bundle } = exported;
    expect(bundle.imageCount).toBe(modelVersion.evaluation.images.nodes.length);
    expect(bundle.unreadableCount).toBe(0);
    expect(bundle.parity).toBeLessThanOrEqual(1e-4);
    expect(bundle.wholeParity).toBeLessThanOrEqual(1e-4);
    expect(bundle.int8.isIncluded).toBe(bundle.int8.drop <= 0.01);
  });

  test('asked for again is the same export; asked for anew, the same bytes', async () => {
    const again = await world.admin.ask(start, { id: modelVersion.id });
    expect(again.startModelExport.id).toBe(exported.id);
    await world.platform.db.execute(
      sql`update transfer set state = 'FAILED' where id = ${exported.id.replace('ModelExport_', '')}`,
    );
    const anew = await exportModel(modelVersion.id);
    expect(anew.id).not.toBe(exported.id);
    expect(anew.bundle.sha256).toBe(exported.bundle.sha256);
    exported = anew;
  });

  test('is verified by its own Node verifier, which notices another file', async () => {
    const bundle = await unpack(exported.bundle.url);
    expect((await readdir(bundle)).sort()).toEqual(
      [
        'config.json',
        'golden',
        'labels.txt',
        'model.onnx',
        ...(exported.bundle.int8.isIncluded ? ['model.int8.onnx'] : []),
        'model_card.md',
        'verify.mjs',
        'verify.py',
      ].sort(),
    );
    await symlink(join(import.meta.dirname, '../../node_modules'), join(bundle, 'node_modules'));
    const verified = await run(process.execPath, ['verify.mjs'], bundle);
    expect(verified, verified.errors).toMatchObject({ code: 0 });
    expect(verified.output).toMatch(/model\.onnx: largest difference [\de.-]+ over 5 examples, 0\.0001 is allowed/);
    const golden = JSON.parse(await readFile(join(bundle, 'golden/outputs.json'), 'utf8'));
    golden.examples[1].probabilities[0] += 0.001;
    await writeFile(join(bundle, 'golden/outputs.json'), JSON.stringify(golden));
    expect(await run(process.execPath, ['verify.mjs'], bundle)).toMatchObject({ code: 1 });
  });

  test.skipIf(!pythonHasRuntime)(
    'is verified by its own Python verifier (needs python3 with onnxruntime)',
    async () => {
      const bundle = await unpack(exported.bundle.url);
      const verified = await run('python3', ['verify.py'], bundle);
      expect(verified, verified.errors).toMatchObject({ code: 0 });
      expect(verified.output).toContain('over 5 examples, 0.0001 is allowed');
      const golden = JSON.parse(await readFile(join(bundle, 'golden/outputs.json'), 'utf8'));
      golden.examples[1].probabilities[0] += 0.001;
      await writeFile(join(bundle, 'golden/outputs.json'), JSON.stringify(golden));
      expect(await run('python3', ['verify.py'], bundle)).toMatchObject({ code: 1 });
    },
  );

  test('tells in its golden answers what predict answers', async () => {
    const bundle = await unpack(exported.bundle.url);
    const { labels, examples } = JSON.parse(await readFile(join(bundle, 'golden/outputs.json'), 'utf8'));
    expect(labels).toEqual(modelVersion.classes.map(({ name }) => name));
    const rows: number[][] = [];
    for (const { imageId } of modelVersion.evaluation.images.nodes) {
      const { predict } = await world.admin.ask(
        `mutation ($input: PredictInput!) { predict(input: $input) { ${userErrorFields} ... on Prediction { scores(first: 10) { labelName probability } } } }`,
        { input: { modelVersionId: modelVersion.id, imageId } },
      );
      rows.push(
        labels.map(
          (name: string) =>
            predict.scores.find((score: { labelName: string }) => score.labelName === name).probability as number,
        ),
      );
    }
    for (const { probabilities } of examples) {
      const differences = rows.map((row) => Math.max(...row.map((value, at) => Math.abs(value - probabilities[at]))));
      expect(Math.min(...differences)).toBeLessThanOrEqual(1e-4);
    }
  });

  test('carries labels, card and ModelArts config', async () => {
    const bundle = await unpack(exported.bundle.url);
    expect(await readFile(join(bundle, 'labels.txt'), 'utf8')).toBe('circle\nsquare | <b>\ndisc\n');
    const config = JSON.parse(await readFile(join(bundle, 'config.json'), 'utf8'));
    expect(config).toMatchObject({ model_algorithm: 'image_classification', apis: [{ url: '/', method: 'post' }] });
    expect(config.metrics.accuracy).toBeGreaterThan(0);
    const card = await readFile(join(bundle, 'model_card.md'), 'utf8');
    const { modelVersion: version } = await world.admin.ask(
      `query ($id: ID!) { modelVersion(id: $id) { evaluation { datasetVersion { name contentSha256 } } } }`,
      { id: modelVersion.id },
    );
    const { name, contentSha256 } = version.evaluation.datasetVersion;
    expect(card).toContain(`Dataset version ${name}, content digest \`${contentSha256}\``);
    expect(card).toMatch(/\| accuracy \| [\d.]+ % \([\d.]+ % to [\d.]+ %\) \|/);
    expect(card).toContain('Licence: ');
    // A name is no markup.
    expect(card).toContain('square &#124; &#60;b&#62;');
    expect(card).not.toContain('<b>');
  });

  test('is asked for by editors, seen by viewers, and not there for others', async () => {
    const viewer = await world.user({ project, role: 'VIEWER' });
    expect((await viewer.ask(start, { id: modelVersion.id })).startModelExport.__typename).toBe(
      'PermissionDeniedError',
    );
    const seen = await viewer.ask(`query ($id: ID!) { transfer(id: $id) { ... on ModelExport { ${bundleFields} } } }`, {
      id: exported.id,
    });
    expect(seen.transfer.bundle.sha256).toBe(exported.bundle.sha256);
    const stranger = await world.user();
    expect((await stranger.ask(start, { id: modelVersion.id })).startModelExport.__typename).toBe('NotFoundError');
  });

  test('with several labels a picture says so', async () => {
    const { version } = await train(['circle', 'square'], 'MULTI_LABEL');
    const { state, bundle } = await exportModel(version.id);
    expect(state).toBe('COMPLETED');
    expect(bundle.parity).toBeLessThanOrEqual(1e-4);
    const card = await readFile(join(await unpack(bundle.url), 'model_card.md'), 'utf8');
    expect(card).toContain('any number of labels');
    expect(card).toContain('threshold');
  });

  test('whose file was changed behind our back is not exported', async () => {
    const { version } = await train(['circle', 'square']);
    const [row] = await world.platform.db.execute<{ key: string }>(
      sql`select model_key as key from model_version where id = ${version.id.replace('ModelVersion_', '')}`,
    );
    const bytes = await world.platform.objects.get(row!.key);
    await world.platform.objects.put(row!.key, bytes.subarray(1));
    const refused = await exportModel(version.id);
    expect(refused).toMatchObject({ state: 'FAILED', bundle: null, failure: { code: 'SOURCE_MISSING' } });
    expect(refused.failure.message).toContain('not the one that its training left');
    // A failed export is no answer for whoever asks again.
    await world.platform.objects.put(row!.key, bytes);
    expect(await exportModel(version.id)).toMatchObject({ state: 'COMPLETED' });
  });
});
