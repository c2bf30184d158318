import { checkBackup, restoreBackup } from '#core/backup/restore-backup.ts';
import { readConfig } from '#core/platform/config.ts';
import { makeDatabase } from '../installation-database.ts';
import { parseRestoreArguments, restoreHelp, restoreSynopsis } from './arguments.ts';
import { bytesInWords, runCommand, teller, userFolder } from './command-kit.ts';

/** `npm run restore -- PATH`. Takes what stands after it and gives the exit code. */
export const runRestoreCommand = (argv: readonly string[]): Promise<number> =>
  runCommand(restoreSynopsis, async (signal) => {
    const options = parseRestoreArguments(argv, userFolder());
    if (options === 'help') {
      process.stdout.write(restoreHelp);
      return 0;
    }
    const { path, check, json } = options;
    const say = teller(json);
    const config = readConfig();
    if (check) {
      const manifest = await checkBackup({ config, path, say });
      say(
        `Whole: ${manifest.objects.count} objects of ${bytesInWords(manifest.objects.totalBytes)}, rows of ${manifest.snapshotAt}.`,
      );
      if (json) process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
      return 0;
    }
    await using reached = await makeDatabase(config);
    const { manifest, requeued } = await restoreBackup({ config: reached.config, path, say, signal });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `Restored: ${rows} rows of ${manifest.snapshotAt}, ${manifest.objects.count} objects. Queued again: ${requeued.trainings} trainings, ${requeued.transfers} imports and exports.`,
    );
    if (json) process.stdout.write(`${JSON.stringify({ ...manifest, requeued }, null, 2)}\n`);
    return 0;
  });
