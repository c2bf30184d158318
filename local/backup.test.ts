import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '#test/api-client.ts';
import { startStack, type Stack } from './stack.ts';

const execute = promisify(execFile);
const folderOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

describe('npm run backup, npm run restore', () => {
  let scratch: string;
  let stack: Stack | undefined;
  let token: string;
  const run = async (
    command: 'backup' | 'restore',
    argv: readonly string[],
    environment: Record<string, string> = {},
  ) => {
    const { DATABASE_URL: _, ...inherited } = process.env;
    const settings = {
      env: {
        ...inherited,
        INIT_CWD: scratch,
        EXEMPLAR_DATA: join(scratch, 'data'),
        EXEMPLAR_LOG_LEVEL: 'error',
        ...environment,
      },
    };
    return execute(process.execPath, [folderOf(`./${command}.ts`), ...argv], settings).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  };
  const start = async (name: string) => {
    stack = await startStack({
      dataDirectory: join(scratch, name),
      port: 0,
      onFirstToken: (first) => (token ??= first),
    });
    return new ApiClient(stack.url, token);
  };
  const projects = async (client: ApiClient) => (await client.ask('{ projects { nodes { name } } }')).projects.nodes;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'exemplar-backup-command-'));
    // Where root runs this, PostgreSQL runs as somebody else and must be able to enter.
    await chmod(scratch, 0o755);
  });
  afterAll(async () => {
    await stack?.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  test('back up an installation that npm start runs, and never restore over it', { timeout: 120_000 }, async () => {
    const client = await start('data');
    await client.must(
      'mutation { createProject(input: { name: "kept" }) { __typename ... on UserError { code message } ... on Project { id } } }',
    );
    const first = await run('backup', ['backups']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /backups\/\d{8}T\d{6}\.\d{3}Z: \d+ rows of .*, 0 objects of 0 bytes, 0 of them new\.\n$/,
    );
    expect(await run('restore', ['backups'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('in use by a running Exemplar'),
    });
  });

  test('back up one that does not run, into a file too', async () => {
    await stack!.stop();
    const second = await run('backup', ['backup.tar', '--json']);
    expect(second.code, second.stderr).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({
      place: join(scratch, 'backup.tar'),
      deleted: [],
      objects: { count: 0 },
    });
    expect(await readdir(join(scratch, 'data'))).not.toContain('exemplar.pid');
    const again = await run('restore', ['backups']);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The database is not empty\./) });
  });

  test('check and restore both into folders of which npm start goes on', { timeout: 180_000 }, async () => {
    for (const path of ['backups', 'backup.tar']) {
      const data = { EXEMPLAR_DATA: join(scratch, `restored-${path}`) };
      const checked = await run('restore', [path, '--check'], data);
      expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('Whole: 0 objects'), stderr: '' });
      const restored = await run('restore', [path], data);
      expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('Restored: '), stderr: '' });
    }
    expect(await projects(await start('restored-backups'))).toEqual([{ name: 'kept' }]);
  });

  test.each([
    ['backup', [], 2, 'One PATH is needed.'],
    ['backup', ['a', 'b'], 2, 'One PATH is needed.'],
    ['backup', ['a', '--keep', '0'], 2, '--keep must be a whole number from 1 to 9999, not "0".'],
    ['backup', ['a', '--check'], 2, '--check belongs to restore.'],
    ['restore', ['a', '--keep', '1'], 2, '--keep belongs to backup.'],
    ['restore', ['a', '--colour'], 2, 'colour'],
    ['restore', ['none', '--check'], 1, 'There is no backup at '],
  ] as const)('%s %j ends with %i and says why', async (command, argv, code, reason) => {
    const ended = await run(command, argv);
    expect(ended).toMatchObject({ code, stdout: code === 2 ? '' : expect.any(String) });
    expect(ended.stderr).toContain(reason);
  });

  test('say where there is no installation, and explain themselves', async () => {
    const ended = await run('backup', ['a'], { EXEMPLAR_DATA: join(scratch, 'nothing') });
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no installation: DATABASE_URL is not set/),
    });
    for (const command of ['backup', 'restore'] as const)
      expect(await run(command, ['--help'])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`npm run ${command} -- PATH`),
      });
  });
});
