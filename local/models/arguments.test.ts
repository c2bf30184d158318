import { describe, expect, it } from 'vitest';
import { UsageError } from '../demo/arguments.ts';
import { modelsHelp, parseModelsArguments } from './arguments.ts';

describe('arguments of models', () => {
  it('takes options wherever they stand, and a name once', () => {
    expect(parseModelsArguments(['--json', 'pull', 'a', 'b', '--catalogue', 'c.json', 'a'])).toEqual({
      action: 'pull',
      names: ['a', 'b'],
      json: true,
      catalogue: 'c.json',
    });
    expect(parseModelsArguments(['verify'])).toMatchObject({ action: 'verify', names: [], json: false });
  });

  it('gives the help', () => {
    expect(parseModelsArguments(['pull', '--help'])).toBe('help');
    expect(parseModelsArguments(['-h'])).toBe('help');
    expect(Math.max(...modelsHelp.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([
    [[], 'list, pull, verify, remove'],
    [['fetch'], '"fetch"'],
    [['list', 'resnet50'], 'no names'],
    [['pull'], 'needs the name'],
    [['remove', '--json'], 'needs the name'],
    [['list', '--jsno'], '--jsno'],
    [['list', '--catalogue'], '--catalogue'],
  ])('refuses %j and says why', (argv, reason) => {
    expect(() => parseModelsArguments(argv)).toThrow(UsageError);
    expect(() => parseModelsArguments(argv)).toThrow(reason);
  });
});
