import { Command } from 'commander';
import { runAdmin } from '../clients/admin/run-admin.ts';
import { runModelsCommand } from './models-command.ts';

/* `npm run exemplar -- COMMAND`: the command of clients/admin, which speaks to a server, and `models`, which an installation has beside it. */
const models = new Command('models')
  .description('base models of this installation: list, pull, add, verify, remove (no server is asked)')
  .helpOption(false);

const [first, ...rest] = process.argv.slice(2);
if (first === 'models') process.exitCode = await runModelsCommand(rest);
else {
  // npm starts scripts in the folder of the package; files are named from where the user stands.
  if (process.env['npm_lifecycle_event'] === 'exemplar' && process.env['INIT_CWD'])
    process.chdir(process.env['INIT_CWD']);
  process.exitCode = await runAdmin(process.argv.slice(2), [models]);
}
