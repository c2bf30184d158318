import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { readModel } from '#engine/onnx/read-model.ts';
import { writeModel } from '#engine/onnx/write-model.ts';
import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { ModelServer, serve, status } from './testing/model-server.ts';

const commandPath = fileURLToPath(new URL('../exemplar.ts', import.meta.url));

/** A real model of exactly so many bytes. */
async function modelOf(bytes: number): Promise<Buffer> {
  const model = readModel(tinyBaseModel().bytes);
  const padded = (length: number) => Buffer.from(writeModel({ ...model, docString: 'x'.repeat(length) }));
  return padded(bytes - (padded(bytes).byteLength - bytes));
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('exemplar models', () => {
  let server: ModelServer;
  let directory: string;
  let catalogue: string;
  beforeAll(async () => {
    server = await ModelServer.start(await modelOf(400_000));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exemplar-models-command-'));
    catalogue = join(directory, 'catalogue.json');
    await writeCatalogue(server.entry(), server.entry({ name: 'second' }));
    server.answers(serve());
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const writeCatalogue = (...models: CatalogueEntry[]) => writeFile(catalogue, JSON.stringify({ version: 1, models }));
  const start = (argv: readonly string[], environment: Record<string, string> = {}) => {
    const child: ChildProcess = spawn(process.execPath, [commandPath, ...argv], {
      env: { PATH: process.env['PATH'], EXEMPLAR_DATA: directory, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
    return { child, ended };
  };
  const run = (argv: readonly string[], environment?: Record<string, string>): Promise<Ended> =>
    start(['models', ...argv, '--catalogue', catalogue], environment).ended;
  const placed = (name: string) => join(directory, 'models', name, 'model.onnx');

  it('pulls, lists, verifies and removes', async () => {
    const pulled = await run(['pull', 'tiny', 'second']);
    expect(pulled).toMatchObject({ code: 0 });
    expect(pulled.stdout).toContain(`tiny: fetched and checked, 400.0 kB in ${placed('tiny')}`);
    expect(pulled.stdout).toContain('pictures of 32 x 32 pixels, 128 features');
    expect(await readdir(join(directory, 'models', 'tiny'))).toEqual([
      'adopted.onnx',
      'adoption.json',
      'base-model.json',
      'model.onnx',
      'source.json',
    ]);
    expect(pulled.stderr).toContain('second: 0.4/0.4 MB');
    expect(pulled.stderr + pulled.stdout).not.toContain('\u001b');
    expect((await readFile(placed('second'))).equals(server.content)).toBe(true);

    const listed = await run(['list', '--json']);
    expect(listed).toMatchObject({ code: 0 });
    expect(JSON.parse(listed.stdout)).toMatchObject({
      directory: join(directory, 'models'),
      models: [
        { name: 'tiny', state: 'CHECKED', bytesHere: 400_000, bytes: 400_000, file: placed('tiny') },
        { name: 'second', state: 'CHECKED', sha256: server.entry().sha256, licence: { spdx: 'MIT' } },
      ],
    });
    expect((await run(['list'])).stdout).toMatch(/^tiny +400\.0 kB +0\.0 G +MIT +here, checked$/m);

    await writeFile(placed('second'), 'damaged');
    const verified = await run(['verify', '--json']);
    expect(verified).toMatchObject({ code: 4 });
    expect(JSON.parse(verified.stdout).models).toMatchObject([{ state: 'RIGHT' }, { state: 'WRONG_SIZE' }]);
    expect(verified.stderr).toContain('second: WRONG');

    expect(await run(['remove', 'tiny', 'second'])).toMatchObject({ code: 0 });
    expect(await readdir(join(directory, 'models'))).toEqual([]);
    expect(await run(['verify', 'tiny'])).toMatchObject({ code: 4 });
    expect(await run(['verify'])).toMatchObject({ code: 0 });
  });

  it('stopped with Ctrl-C keeps what came, says how to go on, and goes on to the same bytes', async () => {
    server.answers(serve({ stallAfter: 100_000, etag: '"one"' }));
    const { child, ended } = start(['models', 'pull', 'tiny', 'second', '--catalogue', catalogue]);
    const bytesHere = async () => {
      const folders = await readdir(join(directory, 'models')).catch(() => []);
      const sizes = folders.map((folder) =>
        stat(join(directory, 'models', folder, 'model.onnx')).catch(() => undefined),
      );
      return (await Promise.all(sizes))[0]?.size;
    };
    while ((await bytesHere()) !== 100_000) await Promise.race([setTimeout(20), ended]);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('To go on: npm run exemplar -- models pull tiny');
    expect(stderr).not.toContain('second');
    expect(await readdir(join(directory, 'models'))).toEqual(['tiny.part']);
    server.answers(serve({ etag: '"one"' }));
    expect(await run(['pull', 'tiny'])).toMatchObject({ code: 0 });
    expect(server.ranges).toEqual(['bytes=100000-']);
    expect((await readFile(placed('tiny'))).equals(server.content)).toBe(true);
  });

  it('goes on with the other models after one failed, and tells both with --json', async () => {
    server.answers(status(404), serve());
    const { code, stdout, stderr } = await run(['pull', 'tiny', 'second', '--json']);
    expect(code).toBe(3);
    expect(stderr).toContain('HTTP status 404');
    expect(JSON.parse(stdout)).toMatchObject({
      models: [{ name: 'second', outcome: 'DOWNLOADED', file: placed('second'), bytes: 400_000 }],
      failed: [{ name: 'tiny', code: 'HTTP_ERROR', message: expect.stringContaining('404') }],
    });
  });

  it('fetches from EXEMPLAR_MODELS_MIRROR into EXEMPLAR_MODELS', async () => {
    await writeCatalogue(server.entry({ url: 'https://models.invalid/tiny.onnx' }));
    const environment = { EXEMPLAR_MODELS_MIRROR: `${server.url}/mirror/`, EXEMPLAR_MODELS: join(directory, 'other') };
    expect(await run(['pull', 'tiny'], environment)).toMatchObject({ code: 0 });
    expect(server.requests.map(({ url }) => url)).toEqual(['/mirror/tiny/tiny.onnx']);
    expect(await readdir(join(directory, 'other'))).toEqual(['tiny']);
  });

  it('adds a model of somebody, lists and removes it', async () => {
    const file = join(directory, 'My Net.onnx');
    await writeFile(file, server.content);
    const added = await run([
      'add',
      file,
      '--mean',
      '0.5,0.5,0.5',
      '--std',
      '0.25,0.25,0.25',
      '--licence',
      'MIT',
      '--json',
    ]);
    expect(added).toMatchObject({ code: 0 });
    expect(JSON.parse(added.stdout).models).toMatchObject([{ name: 'my-net', inputSize: 32, trainable: 'WHOLE' }]);
    const folder = join(directory, 'models', 'my-net');
    const card = JSON.parse(await readFile(join(folder, 'base-model.json'), 'utf8'));
    expect(card).toMatchObject({
      name: 'my-net',
      licence: 'MIT',
      input: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    });
    expect((await run(['list'])).stdout).toContain('Added: my-net');
    expect(await run(['add', file])).toMatchObject({ code: 6, stderr: expect.stringContaining('--name') });
    await writeFile(file, 'no model');
    const refused = await run(['add', file, '--name', 'other', '--json']);
    expect(refused).toMatchObject({ code: 7 });
    expect(JSON.parse(refused.stdout).failed).toMatchObject([{ code: 'UNUSABLE' }]);
    expect(await readdir(join(directory, 'models'))).toEqual(['my-net']);
    expect(await run(['remove', 'my-net'])).toMatchObject({ code: 0 });
    expect(await readdir(join(directory, 'models'))).toEqual([]);
  });

  it('keeps what was pulled and cannot be used, and says so', async () => {
    const text = await ModelServer.start(Buffer.from('not a model at all'));
    await writeCatalogue(text.entry());
    const { code, stdout, stderr } = await run(['pull', 'tiny']);
    await text.close();
    expect(code).toBe(7);
    expect(stdout).toContain('fetched and checked');
    expect(stderr).toContain('no training can build on this model. The file is not an ONNX model');
    expect(await readdir(join(directory, 'models', 'tiny'))).toEqual(['model.onnx', 'source.json']);
  });

  it('ends with the code that the help lists', async () => {
    const gone = await ModelServer.start(server.content);
    const goneEntry = gone.entry({ name: 'gone' });
    await gone.close();
    await writeCatalogue(server.entry(), goneEntry, server.entry({ name: 'lie', sha256: 'a'.repeat(64) }));
    const strange = join(directory, 'strange');
    await mkdir(join(strange, 'tiny'), { recursive: true });
    await writeFile(join(strange, 'tiny', 'model.onnx'), 'mine');
    const expected: [number, string, readonly string[], Record<string, string>?][] = [
      [2, 'The catalogue has no model nobody. It has tiny, gone, lie.', ['pull', 'nobody', 'tiny']],
      [2, 'There is no models "fetch".', ['fetch']],
      [2, 'EXEMPLAR_MODELS_MIRROR: must start with', ['list'], { EXEMPLAR_MODELS_MIRROR: 'mirror' }],
      [3, 'EXEMPLAR_MODELS_MIRROR=URL', ['pull', 'gone']],
      [4, `SHA-256 ${server.entry().sha256}, and the catalogue says aaaa`, ['pull', 'lie']],
      [5, 'cannot hold base models', ['pull', 'tiny'], { EXEMPLAR_MODELS: join(catalogue, 'below') }],
      [6, 'was not placed by this command', ['pull', 'tiny'], { EXEMPLAR_MODELS: strange }],
      [6, 'was not placed by this command', ['remove', 'tiny'], { EXEMPLAR_MODELS: strange }],
    ];
    for (const [code, message, argv, environment] of expected) {
      const ended = await run(argv, environment);
      expect(ended.stderr, argv.join(' ')).toContain(message);
      expect(ended, argv.join(' ')).toMatchObject({ code, stdout: '' });
    }
    await writeFile(catalogue, '{}');
    expect(await run(['list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('models') });
  });

  it('says how to use it', async () => {
    const [helped, shipped, nothing] = await Promise.all([
      start(['models', '--help']).ended,
      start(['models', 'list', '--json']).ended,
      start([]).ended,
    ]);
    expect(helped).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Examples') });
    expect(JSON.parse(shipped.stdout).models.map(({ name }: CatalogueEntry) => name)).toContain('resnet50');
    expect(nothing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });
});
