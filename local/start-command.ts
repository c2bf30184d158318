import closeWithGrace from 'close-with-grace';
import { ConfigError, readConfig } from '#core/platform/config.ts';
import { DataInUseError } from './data-lock.ts';
import { EmbeddedPostgresError } from './embedded-postgres.ts';
import { RoleFailedError } from './role-process.ts';
import { PortInUseError, startStack, type Stack } from './stack.ts';

/* `npm start`: the whole installation on this machine, for keeps. */
const say = (line: string) => process.stdout.write(`${line}\n`);
let stack: Stack | undefined;
let stopping = false;
const grace = closeWithGrace({ delay: 40_000, logger: false }, async ({ err, signal }) => {
  stopping = true;
  if (err) process.stderr.write(`${err.stack ?? err.message}\n`);
  if (signal) say('\nStopping: worker, server, PostgreSQL ...');
  await stack?.stop();
  if (signal) say('Stopped. Everything is kept; npm start goes on.');
});

try {
  const config = readConfig();
  say('Exemplar starts ...');
  stack = await startStack({ dataDirectory: config.dataDirectory, port: config.port, host: config.host });
  say(`
  Exemplar serves      ${stack.url}
  GraphQL and GraphiQL ${stack.url}/graphql
  Data                 ${config.dataDirectory}
`);
  if (stack.adminToken)
    say(`  Your access token as administrator, shown this once. Keep it:

    ${stack.adminToken}

  Send it as the header  authorization: Bearer ${stack.adminToken.slice(0, 8)}...
`);
  say('  Ctrl-C stops everything.');
  const part = await stack.partEnded;
  if (!stopping) {
    process.stderr.write(`The ${part} has ended unexpectedly; stopping. npm start goes on where it was.\n`);
    await stack.stop();
    process.exit(1);
  }
} catch (error) {
  const known = [ConfigError, PortInUseError, DataInUseError, EmbeddedPostgresError, RoleFailedError];
  if (!known.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  grace.uninstall();
  process.exit(1);
}
