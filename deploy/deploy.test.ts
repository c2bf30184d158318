import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '#core/platform/config.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFile(join(root, file), 'utf8');

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

describe('the files for Docker', async () => {
  const compose = parse(await read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };
  const services = Object.entries(compose.services);
  const ours = services.filter(([, service]) => service.environment?.['DATABASE_URL']);

  test('configure every role of ours with what it can read', () => {
    expect(ours.map(([name]) => name)).toEqual(['server-1', 'server-2', 'worker-cpu', 'worker-gpu']);
    for (const [, { environment }] of ours) {
      const filled = Object.fromEntries(
        Object.entries(environment!).map(([name, value]) => [
          name,
          value
            .replace(/\$\{EXEMPLAR_PUBLIC_URL[^}]*\}/, 'https://exemplar.example.com')
            .replace(/\$\{\w+:-(\w*)\}/, '$1')
            .replace(/\$\{[^}]*\}/, 'secret'),
        ]),
      );
      const flavors = '[{"id":"cpu","name":"CPU","device":"CPU"},{"id":"gpu","name":"GPU","device":"CUDA"}]';
      const config = readConfig({ ...filled, EXEMPLAR_FLAVORS: flavors });
      expect(config).toMatchObject({
        databaseUrl: 'postgres://exemplar:secret@postgres:5432/exemplar',
        s3: { endpoint: 'http://objects:7070', accessKey: 'secret' },
      });
    }
  });

  test('start programs that are there', async () => {
    for (const [, { command }] of ours) await expect(read(command!.at(-1)!)).resolves.toContain('require-node');
    const copied = [...(await read('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files.split(' '),
    );
    const allowed = (await read('.dockerignore'))
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(new Set(copied)).toEqual(new Set(allowed));
    const rooms = Object.keys((JSON.parse(await read('package.json')) as { imports: object }).imports);
    const needed = rooms.map((name) => name.slice(1, -2)).filter((name) => name !== 'test');
    expect(copied).toEqual(expect.arrayContaining(needed));
  });

  test('name services and volumes that are there, and no secret', async () => {
    for (const [, { depends_on: others = [], volumes = [] }] of services) {
      for (const other of Array.isArray(others) ? others : Object.keys(others))
        expect(compose.services).toHaveProperty([other]);
      for (const volume of volumes.map((each) => each.split(':')[0]).filter((each) => !each.startsWith('.')))
        expect(compose.volumes).toHaveProperty([volume]);
    }
    expect(await read('docker-compose.yml')).not.toMatch(/(PASSWORD|SECRET_KEY|ACCESS_KEY): (?!\$\{)/);
    const caddy = await read('deploy/Caddyfile');
    for (const [name] of ours.filter(([each]) => each.startsWith('server'))) expect(caddy).toContain(`${name}:4000`);
  });
});
