import '#core/platform/require-node.ts';
import { readFile, writeFile } from 'node:fs/promises';

/* `npm run admin:reference`: docs/admin-command.md from the command itself. `--check` only says whether it is up to date. */
const { createProgram } = await import('../clients/admin/program.ts');
const { renderReference } = await import('../clients/admin/reference.ts');

const { stdout, stderr } = process;
const { command } = createProgram({ stdout, stderr, environment: {}, signal: new AbortController().signal });
const path = new URL('../docs/admin-command.md', import.meta.url);
const text = renderReference(command);
if (!process.argv.includes('--check')) await writeFile(path, text);
else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('docs/admin-command.md is out of date: run `npm run admin:reference`.\n');
  process.exitCode = 1;
}
