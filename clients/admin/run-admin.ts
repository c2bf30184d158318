import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

const exitCodesOfSignals = { SIGHUP: 129, SIGINT: exitCodes.interrupted, SIGTERM: 143 } as const;

/** Runs a command line in this process and gives its exit code. @param extras see {@link createProgram} */
export async function runAdmin(argv: readonly string[], extras: readonly Command[] = []): Promise<number> {
  const stopping = new AbortController();
  let exitCodeOfSignal: number | undefined;
  for (const [name, code] of Object.entries(exitCodesOfSignals))
    process.on(name, () => {
      // Who presses twice does not want to wait.
      if (exitCodeOfSignal !== undefined) process.exit(exitCodeOfSignal);
      exitCodeOfSignal = code;
      stopping.abort(new Error(`stopped by ${name}`));
    });
  // Whoever read the output is gone: `exemplar images list | head`.
  process.stdout.on('error', () => process.exit(141));
  const { stdout, stderr, env: environment } = process;
  const exitCode = await createProgram({ stdout, stderr, environment, signal: stopping.signal }, extras).run(argv);
  return exitCodeOfSignal ?? exitCode;
}
