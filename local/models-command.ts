import { inspect } from 'node:util';
import { ConfigError, readConfig } from '#core/platform/config.ts';
import { CatalogueError } from '#engine/base-models/catalogue.ts';
import { UsageError } from './demo/arguments.ts';
import { Terminal } from './demo/terminal.ts';
import { modelsHelp, modelsSynopsis, parseModelsArguments } from './models/arguments.ts';
import { exitCodeOf, exitCodes } from './models/exit-codes.ts';
import { ModelsError } from './models/models-error.ts';
import { runModels } from './models/run-models.ts';

const exitCodesOfSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const stopping = new AbortController();
let exitCodeOfSignal: number | undefined;

/** `exemplar models`: the base models of an installation. Takes what stands after `models` and gives the exit code. */
export async function runModelsCommand(argv: readonly string[]): Promise<number> {
  for (const [name, code] of Object.entries(exitCodesOfSignals))
    process.on(name, () => {
      exitCodeOfSignal ??= code;
      stopping.abort(new Error(`stopped by ${name}`));
    });
  // Whoever read the output is gone: `exemplar models list | head`.
  process.stdout.on('error', (error) => stopping.abort(error));
  try {
    const options = parseModelsArguments(argv);
    if (options === 'help') return help();
    const { models } = readConfig();
    const terminal = new Terminal(options.json ? process.stderr : process.stdout, process.stderr);
    const { json, exitCode } = await runModels({ options, ...models, terminal, complain, signal: stopping.signal });
    if (options.json) process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    return exitCodeOfSignal ?? exitCode;
  } catch (error) {
    return explain(error);
  }
}

function help(): number {
  process.stdout.write(modelsHelp);
  return exitCodes.done;
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says what went wrong; returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${modelsSynopsis}\nnpm run exemplar -- models --help says more.\n`);
    return exitCodes.usage;
  }
  if (error instanceof ModelsError || error instanceof ConfigError || error instanceof CatalogueError) {
    complain(error.message);
    return error instanceof ModelsError ? exitCodeOf(error) : exitCodes.usage;
  }
  complain(inspect(error));
  return exitCodeOfSignal ?? exitCodes.other;
}
