import { InvalidArgumentError, Option, type Command } from 'commander';
import { orThrow, type DefaultQuotas, type ProjectUsage } from '../../typescript/index.ts';
import { UsageError } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { formatBytes } from '../text/format-bytes.ts';

/** Left out = kept; `none` = none of its own: of a project the default, by default any. */
type Limit = number | 'none';
interface QuotaOptions {
  readonly images?: Limit;
  readonly bytes?: Limit;
  readonly activeTrainings?: Limit;
  readonly trainingMinutes?: Limit;
  readonly deployments?: Limit;
}

const names: Readonly<Record<keyof QuotaOptions, string>> = {
  images: 'images, without those in the trash',
  bytes: 'uploaded pictures, with the trash, in bytes or such as 50GB',
  activeTrainings: 'trainings that wait or run',
  trainingMinutes: 'minutes of training in a calendar month, UTC',
  deployments: 'deployments, in any state',
};
const quotas = Object.keys(names) as (keyof QuotaOptions)[];

export function addQuotas(program: Command, kit: Kit): void {
  const quota = program.command('quota').description('what projects may have; administrators set it');
  leaf(quota, 'show', 'what a project has and may have, or what one may have that has no limit of its own', [
    'exemplar quota show flowers',
    'exemplar quota show',
  ])
    .argument('[project]', 'name or id; left out = the default')
    .action(
      kit.act(async ({ exemplar, output, find }, name: string | undefined) => {
        if (name === undefined) showDefaults(output, await exemplar.installation.defaultQuotas());
        else showUsage(output, (await exemplar.projects.usage((await find.project(name)).id))!);
      }),
    );
  const set = leaf(quota, 'set', 'bound what a project may have, or all that have no limit of their own', [
    'exemplar quota set --images 100000 --bytes 50GB --active-trainings 4',
    'exemplar quota set flowers --images 1000000 --training-minutes none',
  ]).argument('[project]', 'name or id; left out = the default');
  for (const each of quotas) {
    const flag = each.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    set.addOption(new Option(`--${flag} <number>`, `${names[each]}; or none`).argParser(limit(each)));
  }
  set.action(
    kit.act(async ({ exemplar, output, find }, name: string | undefined, options: QuotaOptions) => {
      if (Object.keys(options).length === 0) throw new UsageError('Say at least one limit, such as --images 100000.');
      const limits = Object.fromEntries(
        // commander takes a null for nothing said.
        Object.entries(options).map(([each, value]: [string, Limit]) => [each, value === 'none' ? null : value]),
      );
      if (name === undefined) {
        showDefaults(output, await orThrow(exemplar.installation.setDefaultQuotas(limits)));
        return;
      }
      const projectId = (await find.project(name)).id;
      showUsage(output, (await orThrow(exemplar.projects.setQuotas({ projectId, ...limits }))).usage);
    }),
  );
}

const spelt = (each: keyof QuotaOptions, value: number | null): string =>
  value === null ? 'any' : each === 'bytes' ? formatBytes(value) : String(value);

const showDefaults = (output: Output, defaults: DefaultQuotas): void =>
  output.result(defaults, () =>
    output.table(
      ['quota', 'limit'],
      quotas.map((each) => [names[each], spelt(each, defaults[each])]),
      1,
    ),
  );

const showUsage = (output: Output, usage: ProjectUsage): void =>
  output.result(usage, () =>
    output.table(
      ['quota', 'used', 'limit'],
      quotas.map((each) => [names[each], spelt(each, usage[each].used), spelt(each, usage[each].limit)]),
      1,
    ),
  );

/** A whole number, with a unit where bytes are meant. */
function limit(each: keyof QuotaOptions): (text: string) => Limit {
  const units: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
  return (text) => {
    if (text === 'none') return text;
    const [, digits, unit] = /^([\d.]+)([kmgt]b)$/i.exec(text) ?? [];
    if (each !== 'bytes' || !digits || !unit) return wholeNumber(0, Number.MAX_SAFE_INTEGER)(text);
    const bytes = Number(digits) * units[unit.toUpperCase()]!;
    if (!Number.isSafeInteger(bytes)) throw new InvalidArgumentError('It must be a size such as 2GB.');
    return bytes;
  };
}
