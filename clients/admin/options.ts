import { InvalidArgumentError, Option, type Command } from 'commander';

export const projectOption = (): Option =>
  new Option('-p, --project <project>', 'name or id of the project').env('EXEMPLAR_PROJECT');

export const yesOption = (): Option => new Option('-y, --yes', 'do not ask');

/** @throws {InvalidArgumentError} */
export function number(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= minimum && value <= maximum))
      throw new InvalidArgumentError(`It must be a number from ${minimum} to ${maximum}.`);
    return value;
  };
}

/** @throws {InvalidArgumentError} */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = number(minimum, maximum)(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
    return value;
  };
}

/** A moment as ISO 8601, such as 2026-12-24 or 2026-12-24T18:00Z. @throws {InvalidArgumentError} */
export function moment(text: string): string {
  const time = Date.parse(text);
  if (!Number.isFinite(time)) throw new InvalidArgumentError('It must be a time such as 2026-12-24T18:00Z.');
  return new Date(time).toISOString();
}

/** An option that takes a word of an enum, in lower case with hyphens: FILE_NAME is file-name. */
export function enumOption<Word extends string>(flags: string, description: string, words: readonly Word[]): Option {
  const spelt = new Map(words.map((word) => [word.toLowerCase().replaceAll('_', '-'), word]));
  return new Option(flags, description).choices([...spelt.keys()]).argParser((text: string): Word => {
    const word = spelt.get(text.toLowerCase().replaceAll('_', '-'));
    if (!word) throw new InvalidArgumentError(`Allowed choices are ${[...spelt.keys()].join(', ')}.`);
    return word;
  });
}

/** The options of a training config, as `train` and `ready` take them. */
export interface ConfigOptions {
  readonly preference?: 'ACCURACY_FIRST' | 'BALANCE' | 'PERFORMANCE_FIRST';
  readonly maxDurationMinutes?: number;
  readonly trainRatio?: number;
  readonly testRatio?: number;
  readonly seed?: number;
  readonly flavor?: string;
  readonly baseModel?: string;
  readonly baseVersion?: string;
  readonly datasetVersion?: string;
}

export const addConfigOptions = (command: Command): Command =>
  command
    .addOption(
      enumOption('--preference <preference>', 'what matters most', ['ACCURACY_FIRST', 'BALANCE', 'PERFORMANCE_FIRST']),
    )
    .option(
      '--max-duration-minutes <minutes>',
      'at the limit the best model so far is kept, 6 to 6000',
      wholeNumber(6, 6000),
    )
    .option('--train-ratio <share>', 'share that is trained on, over 0 to 1; the rest validates', number(0, 1))
    .option('--test-ratio <share>', 'share that is held out of both, 0 to 0.5', number(0, 0.5))
    .option('--seed <seed>', 'same seed, same split and training; 0 to 4294967295', wholeNumber(0, 4294967295))
    .option('--flavor <flavor>', 'pool of workers; see `exemplar workers`')
    .option('--base-model <name>', 'base model to build on, or `none` for the one that suits the preference')
    .option('--base-version <version>', 'model version to start from, or `none`')
    .option('--dataset-version <name>', 'name of the dataset version that is made; left out = generated');
