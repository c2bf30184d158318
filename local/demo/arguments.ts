import { parseArgs } from 'node:util';

export const preferences = ['PERFORMANCE_FIRST', 'BALANCE', 'ACCURACY_FIRST'] as const;
export type Preference = (typeof preferences)[number];

export interface DemoArguments {
  /** Folder of class folders; undefined = the drawn pictures. */
  readonly folder: string | undefined;
  readonly preference: Preference;
  readonly trainRatio: number;
  readonly seed: number;
  readonly maximumMinutes: number;
  /** ONNX file to build on; undefined = the base models that ship. */
  readonly baseModel: string | undefined;
  readonly json: boolean;
}

/** The command line cannot be followed; the message says why in one sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const synopsis = `Usage: npm run demo
       npm run demo -- [PATH] [--preference P] [--train-ratio R] [--seed N]
                       [--max-minutes M] [--base-model FILE] [--json]`;

export const help = `${synopsis}

Starts Exemplar in a temporary folder, uploads and labels pictures through its
GraphQL API, trains a model, shows what it learnt and removes everything again.

  PATH   a folder with one folder of pictures for each class:
           PATH/cats/1.jpg  PATH/cats/2.png  PATH/dogs/a.webp  ...
         The last folder is the label. jpg jpeg png bmp webp gif tif tiff avif.
         One picture is kept out and predicted at the end.
         Without PATH: drawn circles, squares and triangles.

Options
  --preference P    performance_first, balance or accuracy_first
                    (default: balance with PATH, performance_first without)
  --train-ratio R   share of each class that is trained on, between 0 and 1;
                    the rest is evaluated on (default: 0.8)
  --seed N          whole number from 0 to 4294967295 (default: 0)
  --max-minutes M   at the limit the best model so far is kept,
                    6 to 6000 (default: 60)
  --base-model FILE ONNX classifier or embedder to build on
                    (default: the base models that ship)
  --json            one JSON object on stdout, everything else on stderr
  --help            this text

Examples
  npm run demo
  npm run demo -- ~/pictures/flowers --preference accuracy_first
  npm run --silent demo -- ~/pictures/flowers --json > result.json
`;

/** What the command line asks for; 'help' for its text. @throws {UsageError} */
export function parseDemoArguments(argv: readonly string[]): DemoArguments | 'help' {
  const { values, positionals } = split(argv);
  if (values.help) return 'help';
  if (positionals.length > 1)
    throw new UsageError(`One folder at most can be given; these are ${positionals.length}: ${positionals.join(' ')}`);
  const folder = positionals[0];
  return {
    folder,
    preference: preferenceOf(values.preference) ?? (folder === undefined ? 'PERFORMANCE_FIRST' : 'BALANCE'),
    trainRatio: ratioOf(values['train-ratio'] ?? '0.8'),
    seed: wholeNumber('--seed', values.seed ?? '0', 0, 4_294_967_295),
    maximumMinutes: wholeNumber('--max-minutes', values['max-minutes'] ?? '60', 6, 6000),
    baseModel: values['base-model'],
    json: values.json ?? false,
  };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        preference: { type: 'string' },
        'train-ratio': { type: 'string' },
        seed: { type: 'string' },
        'max-minutes': { type: 'string' },
        'base-model': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw usageErrorOf(error as Error);
  }
}

/** What `parseArgs` says, in our words. */
export function usageErrorOf({ message }: Error): UsageError {
  const unknown = /^Unknown option '([^']*)'/.exec(message);
  if (unknown) return new UsageError(`There is no option ${unknown[1]}.`);
  // Only the first sentence: the rest explains how options start with a dash.
  return new UsageError(`${message.split('\n')[0]!.split('. ')[0]!.replace(/\.$/, '')}.`);
}

function preferenceOf(text: string | undefined): Preference | undefined {
  if (text === undefined) return undefined;
  const wanted = text.toUpperCase().replaceAll('-', '_');
  const preference = preferences.find((known) => known === wanted);
  if (preference) return preference;
  throw new UsageError(
    `--preference must be performance_first, balance or accuracy_first, not ${JSON.stringify(text)}.`,
  );
}

function ratioOf(text: string): number {
  if (/^(0?\.\d{1,5}|0)$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(
    `--train-ratio must be a number between 0 and 1, both excluded, with at most 5 decimals, not ${JSON.stringify(text)}.`,
  );
}

function wholeNumber(option: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new UsageError(`${option} must be a whole number from ${minimum} to ${maximum}, not ${JSON.stringify(text)}.`);
}
