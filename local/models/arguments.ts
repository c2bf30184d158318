import { parseArgs } from 'node:util';
import { UsageError } from '../demo/arguments.ts';
import { modelsCommand } from './model-files.ts';

export const actions = ['list', 'pull', 'verify', 'remove'] as const;
export type ModelsAction = (typeof actions)[number];

export interface ModelsArguments {
  readonly action: ModelsAction;
  readonly names: readonly string[];
  readonly json: boolean;
  /** File of another catalogue; undefined = the one that ships. */
  readonly catalogue: string | undefined;
}

export const modelsSynopsis = `Usage: ${modelsCommand} list
       ${modelsCommand} pull NAME...
       ${modelsCommand} verify [NAME...]
       ${modelsCommand} remove NAME...`;

export const modelsHelp = `${modelsSynopsis}

Base models from public sources, each with its checksum and licence.

  list      the catalogue: size, licence, what is here
  pull      fetches models, checks size and SHA-256, and only then places them;
            goes on where an earlier pull stopped; what is here and right stays
  verify    reads models again and compares them; without NAME all that are here
  remove    removes models that pull placed, and unfinished downloads

Options
  --json              one JSON object on stdout, everything else on stderr
  --catalogue FILE    another catalogue than the one that ships
  --help              this text

Environment
  EXEMPLAR_MODELS         folder of the models (default: EXEMPLAR_DATA/models)
  EXEMPLAR_MODELS_MIRROR  URL; a model is then fetched from URL/NAME/FILE
  NODE_USE_ENV_PROXY=1    use HTTPS_PROXY, HTTP_PROXY and NO_PROXY

Exit codes
  0    done
  1    something that this list does not name
  2    command line, configuration or catalogue is wrong, or a NAME is unknown
  3    not reachable, or the server refused; --help, Environment: mirror
  4    wrong bytes: size or checksum of a download, or a verify that found fault
  5    the folder of models has no room or cannot be written
  6    a file stands there that this command did not place
  129, 130, 143    stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM; what came stays

Examples
  ${modelsCommand} list
  ${modelsCommand} pull dinov2-small
  EXEMPLAR_MODELS_MIRROR=https://files.example/models ${modelsCommand} pull resnet50
  npm run --silent exemplar -- models list --json
`;

/** What stands after `models`; 'help' for its text. @throws {UsageError} */
export function parseModelsArguments(argv: readonly string[]): ModelsArguments | 'help' {
  const { values, positionals } = split(argv);
  if (values.help) return 'help';
  const [word, ...names] = positionals;
  const action = actions.find((known) => known === word);
  if (!action)
    throw new UsageError(
      word === undefined ? `One of ${actions.join(', ')} is needed.` : `There is no models ${JSON.stringify(word)}.`,
    );
  if (action === 'list' && names.length > 0) throw new UsageError('list takes no names.');
  if ((action === 'pull' || action === 'remove') && names.length === 0)
    throw new UsageError(`${action} needs the name of a model; list shows them.`);
  return { action, names: [...new Set(names)], json: values.json ?? false, catalogue: values.catalogue };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        catalogue: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const unknown = /^Unknown option '([^']*)'/.exec((error as Error).message);
    if (unknown) throw new UsageError(`There is no option ${unknown[1]}.`);
    throw new UsageError(`${(error as Error).message.split('\n')[0]!.split('. ')[0]!.replace(/\.$/, '')}.`);
  }
}
