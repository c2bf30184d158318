import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandNodes, completionScript, type Shell } from './completion-script.ts';
import { createProgram } from './program.ts';

const run = promisify(execFile);
const { stdout, stderr } = process;
const { command } = createProgram({ stdout, stderr, environment: {}, signal: new AbortController().signal });

/** What the shell would offer after these words, of which the last is begun. */
async function offered(words: readonly string[]): Promise<string[]> {
  const script = `${completionScript(command, 'bash')}
    COMP_WORDS=(exemplar ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
    _exemplar; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['-uc', script]);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion for bash', () => {
  test.each([
    [['proj'], ['project']],
    [
      ['project', 'c'],
      ['create', 'copy'],
    ],
    [['images', 'list', '--u'], ['--unlabelled']],
    [
      ['images', 'list', '-p', 'flowers', '--order', ''],
      ['uploaded-at', 'file-name'],
    ],
    [['train', '--preference', 'a'], ['accuracy-first']],
    [['--j'], ['--json']],
    // A name that is also a command of another group does not lead there.
    [['label', 'delete', 'images', '--y'], ['--yes']],
    [['predict', 'a'], []],
  ])('offers after %j: %j', async (words, expected) => expect(await offered(words)).toEqual(expected));
});

describe.each<Shell>(['zsh', 'fish'])('completion for %s', (shell) => {
  let isThere = false;
  beforeAll(async () => {
    isThere = await run(shell, ['-c', 'true']).then(
      () => true,
      () => false,
    );
  });

  test('is read by the shell without complaint', async ({ skip }) => {
    if (!isThere) return skip(`there is no ${shell} here`);
    const { stderr } = await run(shell, ['-c', completionScript(command, shell)]);
    expect(stderr).toBe('');
  });

  test('knows every command and every option', () => {
    const script = completionScript(command, shell);
    for (const { path, command: one } of commandNodes(command)) {
      expect(script).toContain(path);
      for (const { long } of one.options) expect(script).toContain(shell === 'fish' ? `-l ${long!.slice(2)}` : long!);
    }
  });
});
