import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('a change that breaks clients of the last release is found, an addition is not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-schema-'));
  const contract = await readFile('schema/released.graphql', 'utf8');
  const compare = async (changed: string) => {
    const path = join(directory, 'changed.graphql');
    await writeFile(path, changed);
    const judge = ['--onComplete', 'scripts/judge-schema-changes.ts'];
    return run('npx', ['graphql-inspector', 'diff', 'schema/released.graphql', path, ...judge]).then(
      () => '',
      ({ stderr }: { readonly stderr: string }) => stderr,
    );
  };
  const added = contract.replace('type AccessToken {', 'type AccessToken {\n  """New."""\n  hint: String\n');
  expect(await compare(added)).toBe('');
  const renamed = contract.replace(/^ {2}lastUsedAt: DateTime$/m, '  usedAt: DateTime');
  expect(renamed).not.toBe(contract);
  expect(await compare(renamed)).toMatch(
    /break clients of the last release.*\nField 'lastUsedAt' was removed from object type 'AccessToken'\n/,
  );
  await rm(directory, { recursive: true, force: true });
});
