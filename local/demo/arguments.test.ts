import { describe, expect, it } from 'vitest';
import { parseDemoArguments, UsageError } from './arguments.ts';

describe('arguments of the demo', () => {
  it('should draw pictures and train fast without arguments', () => {
    expect(parseDemoArguments([])).toEqual({
      folder: undefined,
      preference: 'PERFORMANCE_FIRST',
      trainRatio: 0.8,
      seed: 0,
      maximumMinutes: 60,
      json: false,
    });
  });

  it('should train a folder in balance', () => {
    expect(parseDemoArguments(['flowers'])).toMatchObject({ folder: 'flowers', preference: 'BALANCE' });
  });

  it('should take every option, wherever it stands', () => {
    const argv = [
      '--json',
      '--seed',
      '7',
      'flowers',
      '--train-ratio=0.75',
      '--max-minutes',
      '6',
      '--preference',
      'Accuracy-First',
    ];
    expect(parseDemoArguments(argv)).toEqual({
      folder: 'flowers',
      preference: 'ACCURACY_FIRST',
      trainRatio: 0.75,
      seed: 7,
      maximumMinutes: 6,
      json: true,
    });
  });

  it('should know help, whatever else is asked', () => {
    expect(parseDemoArguments(['flowers', '-h'])).toBe('help');
  });

  it.each([
    [['--colour'], /--colour/],
    [['a', 'b'], /One folder at most.*a b/],
    [['--preference', 'best'], /performance_first, balance or accuracy_first, not "best"/],
    [['--train-ratio', '0'], /between 0 and 1/],
    [['--train-ratio', '1'], /between 0 and 1/],
    [['--train-ratio', '0.123456'], /at most 5 decimals/],
    [['--train-ratio', 'half'], /not "half"/],
    [['--seed', '-1'], /seed/],
    [['--seed', '4294967296'], /from 0 to 4294967295/],
    [['--seed', '1.5'], /whole number/],
    [['--max-minutes', '5'], /from 6 to 6000/],
    [['--max-minutes'], /max-minutes/],
    [['--json=yes'], /json/],
  ])('should refuse %j in one sentence', (argv, message) => {
    const parse = () => parseDemoArguments(argv);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/\n/);
  });
});
