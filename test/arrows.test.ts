import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

/* The arrows of the house (ARCHITECTURE.md): which room may import from which. */
const root = resolve(import.meta.dirname, '..');

const allowed: Record<string, readonly string[]> = {
  // The interval is arithmetic, and thresholds asked for later need the one that evaluations were stored with.
  core: ['core', 'engine/pictures', 'engine/metrics/wilson-interval.ts'],
  schema: ['schema', 'core'],
  server: ['server', 'schema', 'core', 'engine/inference'],
  worker: ['worker', 'core', 'engine'],
  engine: ['engine'],
  local: ['local', 'core/platform', 'core/backup', 'engine/base-models', 'clients/admin'],
  // The contract alone, which their types are generated from.
  clients: ['clients'],
  // What is measured, from outside and from within.
  bench: ['bench', 'engine', 'core', 'schema', 'server', 'local'],
  // What is fed with nonsense, from outside and from within.
  fuzz: ['fuzz', 'engine/random', 'engine/pictures', 'core', 'schema', 'test'],
  chaos: [
    'chaos',
    'core/platform',
    'engine/random',
    'engine/testing',
    'local/embedded-postgres.ts',
    'local/role-process.ts',
    'test',
  ],
};

/** Nouns of core and, beside `core/platform`, the nouns whose public functions each may use. */
const nouns: Record<string, readonly string[]> = {
  platform: [],
  access: [],
  audit: ['access'],
  identity: ['access', 'audit'],
  projects: ['access'],
  quotas: ['access', 'projects'],
  webhooks: ['access', 'projects', 'transfer'],
  labels: ['access', 'projects'],
  images: ['access', 'projects', 'labels', 'quotas'],
  datasets: ['access', 'labels', 'images'],
  models: ['access', 'images', 'datasets'],
  deployments: ['access', 'projects', 'images', 'models', 'quotas'],
  'base-models': ['access'],
  transfer: ['access', 'projects', 'labels', 'images', 'datasets', 'models', 'quotas'],
  trainings: ['access', 'projects', 'datasets', 'models', 'base-models', 'quotas', 'workers'],
  workers: ['access'],
  installation: ['access'],
  backup: ['base-models', 'deployments', 'images', 'trainings', 'transfer'],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

async function importsOf(room: string): Promise<Import[]> {
  const imports: Import[] = [];
  for (const file of await sourceFiles(room)) {
    if (file.endsWith('.test.ts') || file.includes('/dist/')) continue;
    const text = await readFile(join(root, file), 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      if (specifier!.startsWith('#')) imports.push({ file, target: specifier!.slice(1) });
      else if (specifier!.startsWith('.'))
        imports.push({ file, target: relative(root, resolve(root, dirname(file), specifier!)) });
    }
  }
  return imports;
}

const within = (target: string, room: string): boolean => target === room || target.startsWith(room + sep);

test.each(Object.keys(allowed))('%s imports only from the rooms it may', async (room) => {
  const imports = await importsOf(room);
  expect(imports.length).toBeGreaterThan(0);
  const wrong = imports.filter(({ target }) => !allowed[room]!.some((other) => within(target, other)));
  expect(wrong).toEqual([]);
});

test.each(Object.keys(nouns))('core/%s uses other nouns only by their public functions', async (noun) => {
  const wrong = (await importsOf(`core/${noun}`)).filter(({ file, target }) => {
    const other = target.split(sep)[1]!;
    if (!target.startsWith('core/') || other === noun || other === 'platform') return false;
    // Foreign keys: a table may refer to the tables of other nouns.
    if (file.endsWith('/table.ts')) return !target.endsWith('/table.ts') && !target.endsWith('-facts.ts');
    return target.endsWith('/table.ts') || !nouns[noun]!.includes(other);
  });
  expect(wrong).toEqual([]);
});

test('every room that has code is in the list of arrows', async () => {
  const folders = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((e) => e.name);
  const rooms: string[] = [];
  for (const folder of folders)
    if (!folder.startsWith('.') && !['node_modules', 'test', 'scripts', 'data'].includes(folder))
      if ((await sourceFiles(folder)).length > 0) rooms.push(folder);
  expect(rooms.sort()).toEqual(Object.keys(allowed).sort());
});

test('only core speaks SQL', async () => {
  for (const room of ['schema', 'worker', 'engine'])
    for (const file of (await sourceFiles(room)).filter((name) => !name.endsWith('.test.ts'))) {
      const text = await readFile(join(root, file), 'utf8');
      expect(/from '(drizzle-orm|postgres|pg-boss)/.test(text), file).toBe(false);
    }
});

test('ONNX Runtime is loaded through the one door that turns its telemetry off', async () => {
  const doors: string[] = [];
  for (const room of [...Object.keys(allowed), 'test', 'scripts'])
    for (const file of await sourceFiles(room))
      if (/(?:from|import)\s*\(?\s*'onnxruntime-node'/.test(await readFile(join(root, file), 'utf8'))) doors.push(file);
  expect(doors).toEqual(['engine/onnx/onnx-runtime.ts']);
});

test('the typed client needs one package, and nothing of Node', async () => {
  const packages = new Set<string>();
  for (const file of (await sourceFiles('clients/typescript')).filter(
    (name) => !/\.test\.ts$|\/(codegen\.ts|dist\/.*)$/.test(name),
  ))
    for (const [, specifier] of (await readFile(join(root, file), 'utf8')).matchAll(
      /^(?:import|export) (?!type).* from '([^.][^']*)'/gm,
    ))
      packages.add(specifier!);
  expect([...packages]).toEqual(['graphql-ws']);
});

test('the admin command speaks to a server through the typed client alone', async () => {
  const imports = (await importsOf('clients/admin')).filter(({ target }) => !within(target, 'clients/admin'));
  expect([...new Set(imports.map(({ target }) => target))].sort()).toEqual([
    // What an installed package would give: its index and its manifest of documents.
    'clients/typescript/generated/persisted-documents.json',
    'clients/typescript/index.ts',
  ]);
});
