import { Command } from 'commander';
import { runAdmin } from '../clients/admin/run-admin.ts';
import { runBackupCommand } from './backup/backup-command.ts';
import { runRestoreCommand } from './backup/restore-command.ts';
import { runModelsCommand } from './models-command.ts';

/*
 * `npm run exemplar -- COMMAND`: the command of clients/admin, which speaks to a server, and what an installation has beside it: `models`, `backup`
 * and `restore`.
 */
const models = new Command('models')
  .description('base models of this installation: list, pull, add, verify, remove (no server is asked)')
  .helpOption(false);
const backup = new Command('backup')
  .description('back up this installation, also while it runs (database and store are reached directly)')
  .helpOption(false);
const restore = new Command('restore').description('restore a backup into an empty installation').helpOption(false);

const [first, ...rest] = process.argv.slice(2);
if (first === 'models') process.exitCode = await runModelsCommand(rest);
else if (first === 'backup') process.exitCode = await runBackupCommand(rest);
else if (first === 'restore') process.exitCode = await runRestoreCommand(rest);
else {
  // npm starts scripts in the folder of the package; files are named from where the user stands.
  if (process.env['npm_lifecycle_event'] === 'exemplar' && process.env['INIT_CWD'])
    process.chdir(process.env['INIT_CWD']);
  process.exitCode = await runAdmin(process.argv.slice(2), [models, backup, restore]);
}
