import { createBackup } from '#core/backup/create-backup.ts';
import { readConfig } from '#core/platform/config.ts';
import { reachDatabase } from '../installation-database.ts';
import { backupHelp, backupSynopsis, parseBackupArguments } from './arguments.ts';
import { bytesInWords, runCommand, teller, userFolder } from './command-kit.ts';

/** `npm run backup -- PATH`. Takes what stands after it and gives the exit code. */
export const runBackupCommand = (argv: readonly string[]): Promise<number> =>
  runCommand(backupSynopsis, async (signal) => {
    const options = parseBackupArguments(argv, userFolder());
    if (options === 'help') {
      process.stdout.write(backupHelp);
      return 0;
    }
    const { path, keep, json } = options;
    const say = teller(json);
    await using reached = await reachDatabase(readConfig());
    const { manifest, place, deleted } = await createBackup({ config: reached.config, path, keep, say, signal });
    const { tables, objects, snapshotAt } = manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `${place}: ${rows} rows of ${snapshotAt}, ${objects.count} objects of ${bytesInWords(objects.totalBytes)}, ${objects.copied} of them new.`,
    );
    if (deleted.length > 0) say(`Deleted: ${deleted.join(', ')}`);
    if (json) process.stdout.write(`${JSON.stringify({ place, deleted, ...manifest }, null, 2)}\n`);
    if (objects.missing === 0) return 0;
    process.stderr.write(
      `${objects.missing} objects that the database promises are not in the store:\n${objects.missingKeys.join('\n')}\n`,
    );
    return 3;
  });
