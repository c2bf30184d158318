import { AdoptionRefusedError } from '#engine/base-models/adopt/adopt-file.ts';
import { inspect } from 'node:util';
import { DataFolderError, DataInUseError } from './data-lock.ts';
import { help, parseDemoArguments, synopsis, UsageError, type DemoArguments } from './demo/arguments.ts';
import { ServiceError } from './demo/graphql-client.ts';
import { runDemo } from './demo/run-demo.ts';
import { summarise } from './demo/summary.ts';
import { Terminal } from './demo/terminal.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { RoleFailedError } from './role-process.ts';

/* `npm run demo`: from pictures to a trained model and a prediction, leaving nothing behind. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const stopping = new AbortController();
let exitCodeOfSignal: number | undefined;
for (const [name, code] of Object.entries(exitCodes))
  process.on(name, () => {
    if (exitCodeOfSignal === undefined) process.stderr.write('\nStopping and removing everything ...\n');
    exitCodeOfSignal ??= code;
    stopping.abort(new Error(`stopped by ${name}`));
  });
// Whoever read the output is gone: `npm run demo | head`.
process.stdout.on('error', (error) => stopping.abort(error));

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let options: DemoArguments | 'help';
  try {
    options = parseDemoArguments(argv);
    if (options === 'help') {
      process.stdout.write(help);
      return 0;
    }
    const terminal = new Terminal(options.json ? process.stderr : process.stdout, process.stderr);
    const outcome = await runDemo(options, terminal, stopping.signal);
    if (options.json) process.stdout.write(`${JSON.stringify(summarise(outcome), null, 2)}\n`);
    if (outcome.training.state === 'COMPLETED') return 0;
    const { failure, state } = outcome.training;
    process.stderr.write(
      failure ? `The training failed: ${failure.message}\n${failure.hint}\n` : `The training is ${state}.\n`,
    );
    return 1;
  } catch (error) {
    return explain(error);
  }
}

/** Says what went wrong; returns the exit code. */
function explain(error: unknown): number {
  if (exitCodeOfSignal !== undefined) return exitCodeOfSignal;
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${synopsis}\nnpm run demo -- --help says more.\n`);
    return 2;
  }
  const known = [
    AdoptionRefusedError,
    ServiceError,
    DataInUseError,
    DataFolderError,
    EmbeddedPostgresError,
    RoleFailedError,
  ];
  const isKnown = known.some((kind) => error instanceof kind) || stopping.signal.aborted;
  process.stderr.write(`${isKnown ? (error as Error).message : inspect(error)}\n`);
  return 1;
}
