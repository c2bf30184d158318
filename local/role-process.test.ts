import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RoleFailedError, startRole } from './role-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exemplar-role-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What comes of a role with this environment, and what it said. */
async function failure(environment: Record<string, string>): Promise<{ error: unknown; said: string }> {
  const path = join(folder, 'output');
  const output = openSync(path, 'w');
  try {
    const error: unknown = await startRole('worker', environment, output).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, said: readFileSync(path, 'utf8') };
  } finally {
    closeSync(output);
  }
}

test('a role that cannot start says why itself', async () => {
  const { error, said } = await failure({ EXEMPLAR_DATA: folder, DATABASE_URL: 'nonsense' });
  expect(error).toBeInstanceOf(RoleFailedError);
  expect((error as Error).message).toBe('The worker did not start.');
  expect(said).toContain('DATABASE_URL');
});

test('a role that is killed before it is ready is told of by the signal, since it says nothing', async () => {
  const killsItself = `data:text/javascript,process.kill(process.pid,'SIGKILL')`;
  const { error, said } = await failure({ EXEMPLAR_DATA: folder, NODE_OPTIONS: `--import=${killsItself}` });
  expect(error).toBeInstanceOf(RoleFailedError);
  expect((error as Error).message).toBe('The worker did not start: SIGKILL ended it before it was ready.');
  expect(said).toBe('');
});
