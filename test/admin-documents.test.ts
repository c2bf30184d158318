import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../clients/admin/program.ts';
import { commandNodes } from '../clients/admin/completion-script.ts';
import { renderReference } from '../clients/admin/reference.ts';
import { freePort } from './free-port.ts';
import { drawPicture } from './pictures.ts';

const root = resolve(import.meta.dirname, '..');
const readDocument = (name: string) => readFile(join(root, 'docs', name), 'utf8');

describe('the reference of the command', () => {
  const { stdout, stderr } = process;
  const { command } = createProgram({ stdout, stderr, environment: {}, signal: new AbortController().signal });

  test('is what the command says of itself', async () => {
    expect(await readDocument('admin-command.md')).toBe(renderReference(command));
  });

  test('has an example for every command that does something', () => {
    for (const { path, command: one } of commandNodes(command))
      if (one.commands.length === 0) {
        const reference = renderReference(command);
        const section = reference.slice(reference.indexOf(`# exemplar ${path}\n`)).split(/^#/m)[1];
        expect(section, path).toMatch(/```sh\n[^`]*exemplar /);
      }
  });
});

/* The whole way of a new user: `npm start`, then every block of the page in one shell, with pictures in the folders that it names. */
describe('the quick start', () => {
  let folder: string;
  let port: number;
  let installation: ChildProcess;
  let printed = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-quick-start-'));
    // Where root runs this, PostgreSQL runs as somebody else and must be able to enter.
    await chmod(folder, 0o755);
    port = await freePort();
    const draw = async (path: string, shape: number, number: number) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), await drawPicture(shape, number));
    };
    for (const [shape, label] of ['rose', 'tulip'].entries())
      for (let number = 0; number < 6; number++) {
        await draw(`flowers/${label}/${number}.jpg`, shape, number);
        await draw(`more-flowers/${label}/more-${number}.jpg`, shape, 10 + number);
      }
    await draw('new.jpg', 0, 100);
    await draw('new/1.jpg', 1, 101);
  });
  afterAll(async () => {
    installation?.kill('SIGINT');
    if (installation?.exitCode === null) await new Promise((done) => installation.once('close', done));
    await rm(folder, { recursive: true, force: true });
  });

  const start = () =>
    new Promise<string>((done, fail) => {
      installation = spawn(process.execPath, [join(root, 'local/start.ts')], {
        env: {
          ...process.env,
          EXEMPLAR_DATA: join(folder, 'data'),
          EXEMPLAR_PORT: String(port),
          EXEMPLAR_LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      installation.stdout!.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes('Ctrl-C stops everything')) done(/exm_[A-Za-z0-9_-]{43}/.exec(printed)![0]);
      });
      installation.once('close', () => fail(new Error(`npm start ended: ${printed}`)));
    });

  const runShell = (script: string, environment: Readonly<Record<string, string>>) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
      const child = spawn('bash', ['-euc', script], {
        cwd: folder,
        env: { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.once('close', (code) => done({ code, stdout, stderr }));
    });

  test('leads from a folder of pictures to a model in service, block after block', { timeout: 300_000 }, async () => {
    const [install, ...blocks] = [...(await readDocument('quick-start.md')).matchAll(/^```sh\n(.*?)^```$/gms)].map(
      ([, block]) => block!,
    );
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(install).toBe('npm ci\nnpm start\n');
    expect(scripts['start']).toMatch(/^node .*\blocal\/start\.ts$/);
    expect(scripts['exemplar']).toMatch(/^node .*\blocal\/exemplar\.ts$/);
    expect(blocks).toHaveLength(9);
    const token = await start();
    const script = blocks
      .join('\necho "=== done"\n')
      .replaceAll('http://127.0.0.1:4000', `http://127.0.0.1:${port}`)
      .replace('EXEMPLAR_HOME=$PWD', `EXEMPLAR_HOME=${root}`);
    const { code, stdout, stderr } = await runShell(script, { TOKEN: token });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const [, login, imported, trained, compared, predicted, exported, served, scripted] = stdout.split('=== done\n');
    expect(login).toContain('as administrator');
    expect(login).toMatch(/^ok +contract /m);
    expect(login).not.toContain('BAD');
    expect(imported).toContain('Nothing was written.');
    expect(imported).toContain('flowers: 12 new images');
    expect(imported).toMatch(/^tulip .* 6$/m);
    expect(trained).toContain('Ready: ');
    expect(trained).toMatch(/^COMPLETED \(\w+\)$/m);
    expect(compared).toMatch(/^The data changed: 12 images added/m);
    expect(compared).toMatch(/^Model version V002$/m);
    expect(predicted).toMatch(/^new\.jpg: (rose|tulip) .*\nnew\/1\.jpg: (rose|tulip) /);
    expect(exported).toContain('V002 in flowers.zip');
    for (const file of ['flowers.zip', 'flowers.onnx', 'flowers-data.zip', 'versions.json'])
      expect((await stat(join(folder, file))).size).toBeGreaterThan(100);
    expect(served).toContain('flower-finder  RUNNING');
    expect(served).toMatch(/"deployment":"flower-finder".*"predictedLabel"/);
    expect(scripted).toMatch(/^1 [\d.]+$/m);
  });
});
