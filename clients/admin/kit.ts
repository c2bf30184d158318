import { inspect } from 'node:util';
import type { Command } from 'commander';
import { createExemplar, ExemplarError, RequestError, ResultError, type Exemplar } from '../typescript/index.ts';
import { exitCodeOf, exitCodes, UsageError, type ExitCode } from './exit-codes.ts';
import { Finder } from './finder.ts';
import { Output, type Stream } from './output.ts';
import type { Session } from './session.ts';
import { readSettings, type Settings } from './settings.ts';

export interface KitOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly isJson: () => boolean;
}

/** Runs what a command does: opens a session, and turns what goes wrong into words and an exit code. */
export class Kit {
  exitCode: ExitCode = exitCodes.done;
  readonly #options: KitOptions;

  constructor(options: KitOptions) {
    this.#options = options;
  }

  /** For commander's `action`. */
  act<Args extends readonly unknown[]>(
    body: (session: Session, ...args: Args) => Promise<ExitCode | void>,
  ): (...args: [...Args, ...unknown[]]) => Promise<void> {
    return async (...args) => {
      const { environment, stdout, stderr, signal } = this.#options;
      const output = new Output({ json: this.#options.isJson(), stdout, stderr, environment });
      let session: Session | undefined;
      try {
        const settings = await readSettings(environment);
        session = openSession(settings, output, environment);
        const { exemplar } = session;
        signal.addEventListener('abort', () => exemplar.close(), { once: true });
        signal.throwIfAborted();
        this.exitCode = (await body(session, ...(args as unknown as Args))) ?? exitCodes.done;
      } catch (error) {
        output.live?.end();
        this.exitCode = signal.aborted ? exitCodes.interrupted : exitCodeOf(error);
        if (!signal.aborted) say(output, error);
        else if (session?.onInterrupt) output.note(session.onInterrupt);
      } finally {
        output.live?.end();
        session?.exemplar.close();
      }
    };
  }
}

function openSession(
  settings: Settings,
  output: Output,
  environment: Readonly<Record<string, string | undefined>>,
): Session {
  const exemplar = openExemplar(settings, environment);
  return { exemplar, output, settings, environment, find: new Finder(exemplar), onInterrupt: undefined };
}

/** @throws {UsageError} */
export function openExemplar(
  { url, token }: Pick<Settings, 'url' | 'token'>,
  environment: Readonly<Record<string, string | undefined>>,
): Exemplar {
  const transport = environment['EXEMPLAR_TRANSPORT'] || undefined;
  if (transport !== undefined && transport !== 'websocket' && transport !== 'sse')
    throw new UsageError(`EXEMPLAR_TRANSPORT must be websocket or sse, not ${JSON.stringify(transport)}.`);
  return createExemplar({ url, token, transport });
}

/** Errors go to stderr, with --json as one document, so that stdout holds results only. */
function say(output: Output, error: unknown): void {
  const message = messageOf(error);
  if (!output.json) return output.note(message);
  const code =
    error instanceof ResultError || error instanceof RequestError
      ? error.code
      : error instanceof UsageError
        ? 'USAGE'
        : error instanceof ExemplarError
          ? error.name
          : 'ERROR';
  const details = error instanceof ResultError ? error.error : undefined;
  output.note(JSON.stringify({ error: { ...details, code, message } }));
}

function messageOf(error: unknown): string {
  if (error instanceof ResultError) {
    const { error: mistake } = error;
    const more = 'blockers' in mistake ? mistake.blockers.map(({ message }) => `  ${message}`) : [];
    return [error.message, ...more].join('\n');
  }
  if (error instanceof ExemplarError) {
    const { name } = error;
    if (name === 'UnauthenticatedError')
      return `${error.message}\nLog in with \`exemplar login\`, or set EXEMPLAR_TOKEN.`;
    if (name === 'ConnectionError') return `${error.message}\n\`exemplar doctor\` looks for the reason.`;
    return error.message;
  }
  if (error instanceof UsageError) return error.message;
  // A file of ours, such as one that cannot be written.
  if (error instanceof Error && 'syscall' in error) return error.message;
  return inspect(error);
}

/** What {@link leaf} was told, for the reference. */
export const examplesOf = new WeakMap<Command, readonly string[]>();

/** Adds a command with examples for its help. */
export function leaf(parent: Command, usage: string, description: string, examples: readonly string[]): Command {
  const command = parent.command(usage).description(description);
  examplesOf.set(command, examples);
  if (examples.length > 0)
    command.addHelpText('after', () => `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
  return command;
}
