import type { Command } from 'commander';
import { number, wholeNumber } from './options.ts';

/** The settings of a deployment, as `deploy create` and `deploy update` take them. */
export interface SettingsOptions {
  readonly acceptFrom?: number;
  readonly autoStopHours?: number | 'never';
  readonly idleStopMinutes?: number | 'never';
  readonly storeHours?: number | 'never';
}

const orNever = (parse: (text: string) => number) => (text: string) => (text === 'never' ? text : parse(text));

/** As the API takes them: null = never. */
export const settingsOf = ({ acceptFrom, autoStopHours, idleStopMinutes, storeHours }: SettingsOptions) => ({
  acceptFrom,
  autoStopHours: autoStopHours === 'never' ? null : autoStopHours,
  idleStopMinutes: idleStopMinutes === 'never' ? null : idleStopMinutes,
  storeHours: storeHours === 'never' ? null : storeHours,
});

export const addSettings = (command: Command): Command =>
  command
    .option('--accept-from <share>', 'how sure an answer must be for ACCEPT, 0 to 1; default 0.9', number(0, 1))
    .option(
      '--auto-stop-hours <hours>',
      'stops by itself after so long, 1 to 24, or never',
      orNever(wholeNumber(1, 24)),
    )
    .option(
      '--idle-stop-minutes <minutes>',
      'sleeps after so long without a call, 1 to 10080, or never',
      orNever(wholeNumber(1, 10080)),
    )
    .option(
      '--store-hours <hours>',
      'keeps calls with their pictures for so long, 1 to 8760, or never',
      orNever(wholeNumber(1, 8760)),
    );
