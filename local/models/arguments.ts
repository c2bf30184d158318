import { parseArgs } from 'node:util';
import { UsageError, usageErrorOf } from '../demo/arguments.ts';
import type { AddOptions } from './add-model.ts';
import { modelsCommand } from './model-files.ts';

export const actions = ['list', 'pull', 'add', 'verify', 'remove'] as const;
export type ModelsAction = (typeof actions)[number];

export interface ModelsArguments {
  readonly action: ModelsAction;
  readonly names: readonly string[];
  readonly json: boolean;
  /** File of another catalogue; undefined = the one that ships. */
  readonly catalogue: string | undefined;
  /** Given with `add`. */
  readonly add: AddOptions | undefined;
}

export const modelsSynopsis = `Usage: ${modelsCommand} list
       ${modelsCommand} pull NAME...
       ${modelsCommand} add FILE [--name NAME] [--size N] [--mean R,G,B]
            [--std R,G,B] [--resize cover|fill] [--output VALUE] [--licence L]
       ${modelsCommand} verify [NAME...]
       ${modelsCommand} remove NAME...`;

export const modelsHelp = `${modelsSynopsis}

Base models from public sources, each with its checksum and licence.

  list      the catalogue: size, licence, what is here
  pull      fetches models, checks size and SHA-256, and only then places them;
            goes on where an earlier pull stopped; what is here and right stays;
            then tries the model and makes a base model of it
  add       makes a base model of your own ONNX classifier or embedder; what is
            found, assumed and changed is told, and can be said better:
              --name NAME      lower-case words joined by hyphens
              --size N         pixels of a side, where the file leaves it open
              --mean, --std    per channel, 0 to 1: (pixel/255 - mean) / std
                               (default: those of ImageNet)
              --resize         cover: centre crop (default); fill: stretched
              --output VALUE   value of the graph that describes a picture
              --licence L      its terms, for those who choose it
  verify    reads models again and compares them; without NAME all that are here
  remove    removes models that pull or add placed, and unfinished downloads

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
  6    a file stands there that this command did not place, or a name is taken
  7    no training can build on the model
  129, 130, 143    stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM; what came stays

Examples
  ${modelsCommand} list
  ${modelsCommand} pull dinov2-small
  ${modelsCommand} add ~/nets/mine.onnx --mean 0.5,0.5,0.5 --std 0.5,0.5,0.5
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
  const said = ownersWord(values);
  if (action !== 'add' && Object.keys(said).length > 0)
    throw new UsageError(`--${Object.keys(said)[0]} belongs to add.`);
  if (action === 'add' && names.length !== 1) throw new UsageError('add takes one ONNX file.');
  return {
    action,
    names: action === 'add' ? [] : [...new Set(names)],
    json: values.json ?? false,
    catalogue: values.catalogue,
    add: action === 'add' ? { file: names[0]!, ...said } : undefined,
  };
}

/** @throws {UsageError} */
function ownersWord(values: ReturnType<typeof split>['values']): Omit<AddOptions, 'file'> {
  const { name, size, mean, std, resize, output, licence } = values;
  if (size !== undefined && !(/^\d{1,4}$/.test(size) && Number(size) >= 8 && Number(size) <= 2048))
    throw new UsageError(`--size must be a whole number from 8 to 2048, not ${JSON.stringify(size)}.`);
  if (resize !== undefined && resize !== 'cover' && resize !== 'fill')
    throw new UsageError(`--resize must be cover or fill, not ${JSON.stringify(resize)}.`);
  return {
    ...(name !== undefined && { name }),
    ...(size !== undefined && { size: Number(size) }),
    ...(mean !== undefined && { mean: threeNumbers('--mean', mean, 0) }),
    ...(std !== undefined && { std: threeNumbers('--std', std, 1e-3) }),
    ...(resize !== undefined && { resize }),
    ...(output !== undefined && { output }),
    ...(licence !== undefined && { licence }),
  };
}

function threeNumbers(option: string, text: string, least: number): [number, number, number] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.length === 3 && numbers.every((each) => each >= least && each <= 1))
    return numbers as [number, number, number];
  throw new UsageError(
    `${option} must be three numbers from ${least} to 1 with commas between, not ${JSON.stringify(text)}.`,
  );
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        catalogue: { type: 'string' },
        name: { type: 'string' },
        size: { type: 'string' },
        mean: { type: 'string' },
        std: { type: 'string' },
        resize: { type: 'string' },
        output: { type: 'string' },
        licence: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw usageErrorOf(error as Error);
  }
}
