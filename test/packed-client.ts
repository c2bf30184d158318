import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** The packages that one needs, and what these need, as they lie in our node_modules. */
async function dependenciesOf(folder: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  const { dependencies = {} } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies))
    if (!found.has(name)) await dependenciesOf(`node_modules/${name}`, found.add(name));
  return found;
}

/** A project of a user, made from nothing, with a packed client installed. */
export class PackedClient {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Needs no network: what the client depends on is packed from our own node_modules. */
  static async install(folder = 'clients/typescript'): Promise<PackedClient> {
    const directory = await mkdtemp(join(tmpdir(), 'exemplar-packed-'));
    const packages = [...(await dependenciesOf(folder))];
    const pack = ['pack', '--pack-destination', directory];
    await run('npm', [...pack, `./${folder}`], { cwd: root });
    await run('npm', [...pack, '--ignore-scripts', ...packages.map((name) => `./node_modules/${name}`)], { cwd: root });
    const tarballs = (await readdir(directory)).map((name) => `./${name}`);
    await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'sample', private: true, type: 'module' }));
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], { cwd: directory });
    return new PackedClient(directory);
  }

  async write(name: string, text: string | Buffer): Promise<void> {
    const path = join(this.directory, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }

  /** What `tsc` has to say of a file, libraries included; empty when it is content. */
  async check(name: string, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
      module: 'nodenext',
      types: [],
      typeRoots: [join(root, 'node_modules/@types')],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      ...changes,
    };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [name] }));
    const tsc = join(root, 'node_modules/.bin/tsc');
    return run(tsc, ['-p', this.directory], { cwd: this.directory }).then(
      () => '',
      (error: { readonly stdout: string }) => error.stdout,
    );
  }

  /** What a program prints, in this Node or another runtime. */
  async run(name: string, env: Readonly<Record<string, string>>, runtime = process.execPath): Promise<string> {
    const { stdout } = await run(runtime, [name], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], ...env },
    });
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}
