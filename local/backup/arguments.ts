import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, usageErrorOf } from '../demo/arguments.ts';

export interface BackupArguments {
  /** Absolute. */
  readonly path: string;
  /** Of backups in the folder; undefined = all. */
  readonly keep: number | undefined;
  readonly json: boolean;
}

export interface RestoreArguments {
  /** Absolute. */
  readonly path: string;
  /** Only read and checked, not restored. */
  readonly check: boolean;
  readonly json: boolean;
}

export const backupSynopsis = 'Usage: npm run backup -- PATH [--keep N] [--json]';

export const backupHelp = `${backupSynopsis}

Backs up an installation while it runs: the rows of one moment and all objects
that they promise. The database is that of DATABASE_URL or, where that is not
set, the one of npm start in EXEMPLAR_DATA; the store is the configured one.

  PATH   a folder: each backup becomes a folder in it, named by its time, and
         objects that an earlier one has brought are not copied again; or a
         file that ends in .tar, with everything in it

Options
  --keep N   afterwards delete all but the latest N backups of the folder
  --json     one JSON object on stdout, everything else on stderr
  --help     this text

Exit codes
  0    done
  1    it could not be made, and nothing is left that looks like a backup
  2    command line or configuration is wrong
  3    made, but the store did not have some objects that the database promises

A backup holds everything, access to the installation too: keep it as secret.
`;

export const restoreSynopsis = 'Usage: npm run restore -- PATH [--check] [--json]';

export const restoreHelp = `${restoreSynopsis}

Restores a backup into an empty installation: a new database (DATABASE_URL, or
a new EXEMPLAR_DATA for npm start) on which no server has been started, and any
store. Everything is checked before anything is written; what fails leaves the
database empty. Trainings, imports and exports that had not ended are queued
again. Start servers and workers afterwards.

  PATH   a .tar file, a folder of backups (the latest is taken), or one backup
         of such a folder

Options
  --check    only read all of it and say whether it is whole; needs no database
  --json     one JSON object on stdout, everything else on stderr
  --help     this text

Exit codes
  0    done
  1    refused or failed
  2    command line or configuration is wrong
`;

/** @param base folder from which the path is meant. @throws {UsageError} */
export function parseBackupArguments(argv: readonly string[], base: string): BackupArguments | 'help' {
  const { values, positionals } = split(argv);
  if (values.help) return 'help';
  if (values.check) throw new UsageError('--check belongs to restore.');
  if (values.keep !== undefined && !/^[1-9]\d{0,3}$/.test(values.keep))
    throw new UsageError(`--keep must be a whole number from 1 to 9999, not ${JSON.stringify(values.keep)}.`);
  const keep = values.keep === undefined ? undefined : Number(values.keep);
  return { path: pathOf(positionals, base), keep, json: values.json ?? false };
}

/** @param base folder from which the path is meant. @throws {UsageError} */
export function parseRestoreArguments(argv: readonly string[], base: string): RestoreArguments | 'help' {
  const { values, positionals } = split(argv);
  if (values.help) return 'help';
  if (values.keep !== undefined) throw new UsageError('--keep belongs to backup.');
  return { path: pathOf(positionals, base), check: values.check ?? false, json: values.json ?? false };
}

function pathOf(positionals: readonly string[], base: string): string {
  if (positionals.length !== 1) throw new UsageError('One PATH is needed.');
  return resolve(base, positionals[0]!);
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        keep: { type: 'string' },
        check: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw usageErrorOf(error as Error);
  }
}
