import '#core/platform/require-node.ts';
import { spawnSync } from 'node:child_process';

/* Everything that can be said of the code without running the product. All steps run, so that one look shows all that is wrong. */
const steps: [name: string, command: string, args: string[]][] = [
  ['lint', 'npm', ['run', '-s', 'lint']],
  ['format', 'npm', ['run', '-s', 'format:check']],
  ['types', 'npm', ['run', '-s', 'typecheck']],
  ['architecture arrows', 'npx', ['vitest', 'run', 'test/arrows.test.ts', '--reporter=dot']],
  ['schema.graphql is up to date', 'node', ['scripts/print-schema.ts', '--check']],
  [
    'schema.graphql breaks no client of the last release',
    'npx',
    [
      'graphql-inspector',
      'diff',
      'schema/released.graphql',
      'schema/schema.graphql',
      '--onComplete',
      'scripts/judge-schema-changes.ts',
    ],
  ],
  ['typed client is up to date', 'npm', ['run', '-s', 'codegen', '--', '--check']],
  ['reference of the admin command is up to date', 'node', ['scripts/write-admin-reference.ts', '--check']],
  ['typed client needs no types of Node', 'npx', ['tsc', '-p', 'clients/typescript', '--noEmit']],
  ['migrations are up to date', 'node', ['scripts/check-migrations.ts']],
  ['lock file is complete and holds no download addresses', 'node', ['scripts/check-lock-file.ts']],
];
let failed = 0;
for (const [name, command, args] of steps) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (status !== 0) {
    failed++;
    process.stdout.write(`${stdout}${stderr}\n`);
  }
}
process.stdout.write(`check: ${steps.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
