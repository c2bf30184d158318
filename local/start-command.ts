import closeWithGrace from 'close-with-grace';
import { ConfigError, readConfig } from '#core/platform/config.ts';
import { ListenError } from '#core/platform/listen-error.ts';
import { DataFolderError, DataInUseError } from './data-lock.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { RoleFailedError } from './role-process.ts';
import { startStack, type Stack } from './stack.ts';

/* `npm start`: the whole installation on this machine, for keeps. */
const say = (line: string) => process.stdout.write(`${line}\n`);
const stopping = new AbortController();
let starting: Promise<Stack> | undefined;
const grace = closeWithGrace({ delay: 40_000, logger: false }, async ({ err, signal }) => {
  stopping.abort();
  if (err) process.stderr.write(`${err.stack ?? err.message}\n`);
  if (signal) say('\nStopping: worker, server, PostgreSQL ...');
  // A start that was given up has stopped its parts itself.
  const stack = await starting?.catch(() => undefined);
  await stack?.stop();
  if (signal) say('Stopped. Everything is kept; npm start goes on.');
});

try {
  const config = readConfig();
  say('Exemplar starts ...');
  starting = startStack({
    dataDirectory: config.dataDirectory,
    port: config.port,
    host: config.host,
    signal: stopping.signal,
    onFirstToken: (token) =>
      say(`
  Your access token as administrator, shown this once. Keep it:

    ${token}

  Send it as the header  authorization: Bearer ${token.slice(0, 8)}...`),
  });
  const stack = await starting;
  say(`
  Exemplar serves      ${stack.url}
  GraphQL and GraphiQL ${stack.url}/graphql
  Data                 ${config.dataDirectory}

  Ctrl-C stops everything.`);
  const part = await stack.partEnded;
  if (!stopping.signal.aborted) {
    process.stderr.write(`The ${part} has ended unexpectedly; stopping. npm start goes on where it was.\n`);
    await stack.stop();
    process.exit(1);
  }
} catch (error) {
  if (!stopping.signal.aborted) fail(error);
}

function fail(error: unknown): void {
  const known = [ConfigError, ListenError, DataInUseError, DataFolderError, EmbeddedPostgresError, RoleFailedError];
  if (!known.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  grace.uninstall();
  process.exit(1);
}
