import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const log = new URL('./log.ts', import.meta.url).href;

/** What a process writes that runs this. */
async function lineOf(script: string): Promise<Record<string, never>> {
  const source = `import { DrizzleQueryError } from 'drizzle-orm'; import { createLog } from ${JSON.stringify(log)}; const log = createLog('info', 'test'); ${script}`;
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source]);
  return JSON.parse(stderr);
}

test('a failed query is logged without its values', async () => {
  const line = await lineOf(
    `log.error({ err: new DrizzleQueryError('select 1 where digest = $1', ['the digest'], new Error('gone')) }, 'failed');`,
  );
  expect(JSON.stringify(line)).toContain('select 1 where digest = $1');
  expect(JSON.stringify(line)).toContain('gone');
  expect(JSON.stringify(line)).not.toContain('the digest');
});

test('a line carries what holds where it is written', async () => {
  const line = await lineOf(
    `let traceId; const traced = createLog('info', 'test', () => ({ traceId })); traceId = 'abc'; traced.info({ trainingId: 'x' }, 'asked');`,
  );
  expect(line).toMatchObject({ msg: 'asked', trainingId: 'x', traceId: 'abc' });
});

test('a token is not logged', async () => {
  const line = await lineOf(
    `log.info({ token: 'exm_secret', request: { authorization: 'Bearer exm_secret', cookie: 'x=exm_secret' } }, 'asked');`,
  );
  expect(line).toMatchObject({ msg: 'asked', role: 'test' });
  expect(JSON.stringify(line)).not.toContain('exm_secret');
});
