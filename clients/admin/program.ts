import { Command, type CommanderError } from 'commander';
import { addAccess } from './commands/access.ts';
import { addAnnotate } from './commands/annotate.ts';
import { addCompletion } from './commands/completion.ts';
import { addDeploy } from './commands/deploy.ts';
import { addDoctor } from './commands/doctor.ts';
import { addImages } from './commands/images.ts';
import { addLabels } from './commands/labels.ts';
import { addLogin } from './commands/login.ts';
import { addProjects } from './commands/projects.ts';
import { addQuotas } from './commands/quotas.ts';
import { addRunning } from './commands/running.ts';
import { addTrainings } from './commands/trainings.ts';
import { addTrash } from './commands/trash.ts';
import { addUsers } from './commands/users.ts';
import { addVersions } from './commands/versions.ts';
import { addWorkers } from './commands/workers.ts';
import { exitCodeMeanings, exitCodes, type ExitCode } from './exit-codes.ts';
import { Kit, type KitOptions } from './kit.ts';

export interface Program {
  readonly command: Command;
  /** Runs a command line and gives the exit code. */
  run(argv: readonly string[]): Promise<ExitCode>;
}

export const environmentHelp: Readonly<Record<string, string>> = {
  EXEMPLAR_URL: 'where the server is; wins over the last login',
  EXEMPLAR_TOKEN: 'the access token; wins over the last login',
  EXEMPLAR_PROJECT: 'the project where --project is left out',
  EXEMPLAR_TRANSPORT: 'how live events come: websocket, or sse where a proxy lets no WebSocket pass',
  NO_COLOR: 'no colours',
};

/** The whole command line. @param extras commands of an installation, such as `models`, to be listed in the help */
export function createProgram(options: Omit<KitOptions, 'isJson'>, extras: readonly Command[] = []): Program {
  let isJson = false;
  const program = new Command('exemplar')
    .description('Image classification from a terminal: import, label, train, watch, compare, predict, deploy.')
    .option('--json', 'one JSON document on stdout, or a JSON line for each event; errors as JSON on stderr')
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .configureOutput({
      writeOut: (text) => void options.stdout.write(text),
      // As a document, below.
      writeErr: (text) => void (isJson || options.stderr.write(text)),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .addHelpText('after', footer);
  const kit = new Kit({ ...options, isJson: () => isJson });
  for (const add of [
    addLogin,
    addProjects,
    addLabels,
    addImages,
    addAnnotate,
    addTrash,
    addTrainings,
    addRunning,
    addVersions,
    addDeploy,
    addAccess,
    addUsers,
    addQuotas,
    addWorkers,
    addDoctor,
    addCompletion,
  ])
    add(program, kit);
  for (const extra of extras) program.addCommand(extra);
  return {
    command: program,
    run: async (argv) => {
      isJson = argv.includes('--json');
      try {
        await program.parseAsync(argv, { from: 'user' });
        return kit.exitCode;
      } catch (error) {
        // commander has said by now what is wrong; help that was asked for ends like this, too.
        const { code, exitCode, message } = error as Partial<CommanderError>;
        if (typeof code !== 'string' || !code.startsWith('commander.')) throw error;
        if (exitCode === 0) return exitCodes.done;
        if (isJson) options.stderr.write(`${JSON.stringify({ error: { code: 'USAGE', message } })}\n`);
        return exitCodes.usage;
      }
    },
  };
}

function footer(): string {
  const codes = Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code).padEnd(20)}${exitCodeMeanings[name as keyof typeof exitCodes]}`,
  );
  const variables = Object.entries(environmentHelp).map(([name, meaning]) => `  ${name.padEnd(20)}${meaning}`);
  return `
Examples:
  $ exemplar login
  $ exemplar project create flowers
  $ exemplar images import flowers/ -p flowers
  $ exemplar train -p flowers --watch

Environment:
${variables.join('\n')}

Exit codes:
${codes.join('\n')}`;
}
