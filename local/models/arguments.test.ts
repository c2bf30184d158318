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
    [[], 'list, pull, add, verify, remove'],
    [['fetch'], '"fetch"'],
    [['list', 'resnet50'], 'no names'],
    [['pull'], 'needs the name'],
    [['remove', '--json'], 'needs the name'],
    [['list', '--jsno'], '--jsno'],
    [['list', '--catalogue'], '--catalogue'],
    [['add'], 'add takes one ONNX file.'],
    [['add', 'a.onnx', 'b.onnx'], 'add takes one ONNX file.'],
    [['add', 'a.onnx', '--size', '4'], '--size must be a whole number from 8 to 2048, not "4".'],
    [['add', 'a.onnx', '--mean', '0.5,0.5'], '--mean must be three numbers'],
    [['add', 'a.onnx', '--std', '0,1,1'], '--std must be three numbers'],
    [['add', 'a.onnx', '--resize', 'stretch'], '--resize must be cover or fill'],
    [['pull', 'tiny', '--size', '96'], '--size belongs to add.'],
  ])('refuses %j and says why', (argv, reason) => {
    expect(() => parseModelsArguments(argv)).toThrow(UsageError);
    expect(() => parseModelsArguments(argv)).toThrow(reason);
  });
});
