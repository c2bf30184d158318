import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* Fails when the tables in core have changed without a migration: generates into a copy and looks whether a file came. */
const folder = mkdtempSync(join(tmpdir(), 'exemplar-migrations-'));
try {
  cpSync('migrations', join(folder, 'migrations'), { recursive: true });
  const config = join(folder, 'drizzle.config.json');
  writeFileSync(
    config,
    JSON.stringify({ dialect: 'postgresql', schema: './core/*/table.ts', out: join(folder, 'migrations') }),
  );
  const before = readdirSync(join(folder, 'migrations')).length;
  const { status, stdout, stderr } = spawnSync('drizzle-kit', ['generate', '--config', config], { encoding: 'utf8' });
  if (status !== 0 || readdirSync(join(folder, 'migrations')).length !== before) {
    process.stderr.write(
      `${stdout}${stderr}\nThe tables have changed: run npm run db:generate and commit migrations/.\n`,
    );
    process.exit(1);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
