import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '#test/api-client.ts';
import { freePort } from './embedded-postgres.ts';
import { isUnburied } from './orphaned-postgres.ts';

const startPath = fileURLToPath(new URL('./start.ts', import.meta.url));

/** `npm start` as a process, with what it prints. */
class Installation {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';
  errors = '';

  constructor(directory: string, port: number, environment: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [startPath], {
      env: {
        ...process.env,
        EXEMPLAR_DATA: directory,
        EXEMPLAR_PORT: String(port),
        EXEMPLAR_LOG_LEVEL: 'error',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.exited = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }

  ready(): Promise<this> {
    return this.saying('Ctrl-C stops everything');
  }

  async saying(words: string): Promise<this> {
    const ended = this.exited.then(() => 'ended');
    while (!this.output.includes(words)) {
      const state = await Promise.race([ended, setTimeout(50, 'waiting')]);
      if (state === 'ended') throw new Error(`npm start ended:\n${this.output}\n${this.errors}`);
    }
    return this;
  }

  get token(): string | undefined {
    return /exm_[A-Za-z0-9_-]{43}/.exec(this.output)?.[0];
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.exited;
  }
}

const isAlive = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
    return !(await isUnburied(pid));
  } catch {
    return false;
  }
};

async function untilDead(pid: number): Promise<void> {
  for (let tries = 0; tries < 600 && (await isAlive(pid)); tries++) await setTimeout(50);
  expect(await isAlive(pid)).toBe(false);
}

describe('npm start', () => {
  let directory: string;
  let port: number;
  let token: string;
  let projectId: string;
  const running: Installation[] = [];
  const start = () => {
    const installation = new Installation(directory, port);
    running.push(installation);
    return installation;
  };
  const readPostgresPid = async () =>
    Number((await readFile(join(directory, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const projects = async () =>
    (await new ApiClient(`http://127.0.0.1:${port}`, token).ask('{ projects { nodes { id } } }')).projects.nodes;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exemplar-start-'));
    // Where root runs this, PostgreSQL runs as somebody else and must be able to enter.
    await chmod(directory, 0o755);
    port = await freePort();
  });
  afterEach(async () => {
    for (const installation of running.splice(0)) await installation.stop();
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('makes an administrator, shows the token once, and stops in order on Ctrl-C', async () => {
    const installation = await start().ready();
    token = installation.token!;
    expect(installation.output).toContain(`http://127.0.0.1:${port}/graphql`);
    const client = new ApiClient(`http://127.0.0.1:${port}`, token);
    const project = await client.must(
      'mutation { createProject(input: { name: "kept" }) { __typename ... on UserError { message } ... on Project { id } } }',
    );
    projectId = project.id;
    expect(await installation.stop()).toBe(0);
    expect(installation.output).toContain('Stopped. Everything is kept');
    expect(installation.errors).toBe('');
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
    await expect(readFile(join(directory, 'exemplar.pid'))).rejects.toThrow('ENOENT');
  });

  test('starting again finds everything and shows no token', async () => {
    const installation = await start().ready();
    expect(installation.token).toBeUndefined();
    expect(await projects()).toEqual([{ id: projectId }]);
  });

  test('a second one on the same data is refused with a sentence', async () => {
    await start().ready();
    const second = new Installation(directory, await freePort());
    expect(await second.exited).toBe(1);
    expect(second.errors).toContain('in use by a running Exemplar');
    expect(await projects()).toEqual([{ id: projectId }]);
  });

  test('after kill -9 of all but PostgreSQL the next start finds the orphan and everything in it', async () => {
    const installation = await start().ready();
    const postgresPid = await readPostgresPid();
    installation.child.kill('SIGKILL');
    await installation.exited;
    expect(await isAlive(postgresPid)).toBe(true);
    const again = await start().ready();
    await untilDead(postgresPid);
    expect(await projects()).toEqual([{ id: projectId }]);
    expect(await again.stop()).toBe(0);
  });

  test('after the death of a part it stops the others and says which it was', async () => {
    const installation = await start().ready();
    process.kill(await readPostgresPid(), 'SIGQUIT');
    expect(await installation.exited).toBe(1);
    expect(installation.errors).toContain('PostgreSQL has ended unexpectedly');
    await start().ready();
    expect(await projects()).toEqual([{ id: projectId }]);
  });

  test('Ctrl-C in the middle of a start leaves no part running and the data free', async () => {
    const installation = await start().saying('Exemplar starts');
    let postgresPid = 0;
    const exited = installation.exited.then(() => true);
    while (!postgresPid && !(await Promise.race([exited, setTimeout(5, false)])))
      postgresPid = await readPostgresPid().catch(() => 0);
    expect(await installation.stop()).toBe(0);
    expect(installation.output).not.toContain('Exemplar serves');
    expect(installation.output).toContain('Stopped. Everything is kept');
    expect(installation.errors).toBe('');
    expect(await isAlive(postgresPid)).toBe(false);
    await expect(readFile(join(directory, 'exemplar.pid'))).rejects.toThrow('ENOENT');
  });

  test('a first start that fails half-way has shown the token of the administrator it made', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'exemplar-start-'));
    await chmod(fresh, 0o755);
    try {
      const failing = new Installation(fresh, port, { EXEMPLAR_BASE_MODEL: join(fresh, 'none') });
      expect(await failing.exited).toBe(1);
      expect(failing.errors).toContain('There is no base model at');
      const again = new Installation(fresh, port);
      running.push(again);
      await again.ready();
      const client = new ApiClient(`http://127.0.0.1:${port}`, failing.token);
      expect((await client.ask('{ viewer { user { name } } }')).viewer.user.name).toBe('administrator');
      await again.stop();
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  });

  test('data where no folder can be is a clear sentence', async () => {
    const file = join(directory, 'a file');
    await writeFile(file, '');
    for (const folder of [file, join(file, 'below')]) {
      const installation = new Installation(folder, port);
      expect(await installation.exited).toBe(1);
      expect(installation.errors).toMatch(
        /^The folder .*a file.* cannot hold the data \(.*\)\. Make it a folder that this user may write to, or choose another with EXEMPLAR_DATA\.\n$/,
      );
    }
  });

  test('an address that is not of this machine is a clear sentence', async () => {
    // RFC 5737: no machine has it.
    const installation = new Installation(directory, port, { EXEMPLAR_HOST: '192.0.2.1' });
    expect(await installation.exited).toBe(1);
    expect(installation.errors).toBe(
      `Cannot listen on 192.0.2.1:${port} (EADDRNOTAVAIL). Choose another address with EXEMPLAR_HOST and EXEMPLAR_PORT.\n`,
    );
  });

  test('a busy port is a clear sentence', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    try {
      const installation = start();
      expect(await installation.exited).toBe(1);
      expect(installation.errors).toBe(
        `Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port with EXEMPLAR_PORT.\n`,
      );
    } finally {
      blocker.close();
    }
  });

  test('a wrong setting is named', async () => {
    const child = spawn(process.execPath, [startPath], {
      env: { ...process.env, EXEMPLAR_DATA: directory, EXEMPLAR_PORT: 'http', EXEMPLAR_MAX_IMAGE_SIDE: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    expect(errors).toContain('EXEMPLAR_PORT');
    expect(errors).toContain('EXEMPLAR_MAX_IMAGE_SIDE');
  });
});
