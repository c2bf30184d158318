import { inspect } from 'node:util';
import { BackupError } from '#core/backup/backup-errors.ts';
import { ConfigError } from '#core/platform/config.ts';
import { ObjectStoreError } from '#core/platform/objects/open-object-store.ts';
import { DataFolderError, DataInUseError } from '../data-lock.ts';
import { UsageError } from '../demo/arguments.ts';
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts';
import { NoInstallationError } from '../installation-database.ts';

const exitCodesOfSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** npm starts scripts in the folder of the package; files are named from where the user stands. */
export const userFolder = (): string => process.env['INIT_CWD'] ?? process.cwd();

/** Runs a command until it ends or a signal ends it, and says what went wrong. Returns the exit code. */
export async function runCommand(synopsis: string, act: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stopping = new AbortController();
  let exitCodeOfSignal: number | undefined;
  for (const [name, code] of Object.entries(exitCodesOfSignals))
    process.on(name, () => {
      exitCodeOfSignal ??= code;
      stopping.abort(new Error(`stopped by ${name}`));
    });
  try {
    return await act(stopping.signal);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${synopsis}\n--help says more.\n`);
      return 2;
    }
    const known = [
      BackupError,
      ConfigError,
      DataFolderError,
      DataInUseError,
      EmbeddedPostgresError,
      NoInstallationError,
      ObjectStoreError,
    ];
    const isKnown = known.some((kind) => error instanceof kind) || stopping.signal.aborted;
    process.stderr.write(`${isKnown ? (error as Error).message : inspect(error)}\n`);
    return exitCodeOfSignal ?? (error instanceof ConfigError ? 2 : 1);
  }
}

/** On stdout for a person; on stderr where stdout is for a program. */
export const teller =
  (json: boolean) =>
  (line: string): void =>
    void (json ? process.stderr : process.stdout).write(`${line}\n`);

/** For people: 1,234,567 bytes are 1.2 MB. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${unit === 0 ? bytes : (bytes / 1000 ** unit).toFixed(1)} ${units[unit]}`;
}
