import { describe, expect, it } from 'vitest';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { createSession } from './create-session.ts';
import { extractPrefix } from './extract-prefix.ts';
import { GraphBuilder } from './graph-builder.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import type { GraphProto } from './onnx-messages.ts';
import { Tensor } from './onnx-runtime.ts';
import { floatTensor } from './tensors.ts';

const rename = { input: 'in', output: 'out' };

/** x -> hidden = |x + 1| (by a branch of If that reads x and a weight from outside) -> y = 2 hidden; z = -hidden needs `other`. */
function branchingGraph(): GraphProto {
  const builder = new GraphBuilder('g');
  const x = builder.input('x', 'float', ['N']);
  builder.input('other', 'float', ['N']);
  builder.initializer(floatTensor('one', [1], [1]));
  builder.initializer(floatTensor('two', [2], [1]));
  builder.initializer(floatTensor('unused', [3], [1]));
  const branch = (name: string) => {
    const inner = new GraphBuilder(name);
    inner.node('Abs', [inner.node('Add', ['x', 'one'])], {}, `${name}.y`);
    inner.output(`${name}.y`, 'float', ['N']);
    return inner.graph();
  };
  const positive = builder.node('Greater', [builder.node('ReduceSum', [x], { keepdims: 0 }), builder.float(-1000)]);
  builder.node('If', [positive], { then_branch: branch('then'), else_branch: branch('else') }, 'hidden');
  builder.node('Clip', ['hidden', '', builder.float(100)], {}, 'clipped');
  builder.node('Mul', ['clipped', 'two'], {}, 'y');
  builder.node('Sub', ['hidden', 'other'], {}, 'z');
  for (const output of ['y', 'z']) builder.output(output, 'float', ['N']);
  return builder.graph();
}

async function answer(graph: GraphProto, values: readonly number[], dims: readonly number[]): Promise<Float32Array> {
  const builder = new GraphBuilder('whole');
  builder.input('in', 'float', dims);
  builder.append(graph);
  const model = builder.model();
  // Of any shape.
  model.graph.output.push({ name: 'out', type: { tensorType: { elemType: 1 } } });
  const session = await createSession(model, 'frozen');
  const outputs = await session.run({ in: new Tensor('float32', Float32Array.from(values), dims) });
  await session.release();
  return outputs['out']!.data as Float32Array;
}

describe('extractPrefix', () => {
  it('takes what the output needs and nothing else', () => {
    const { graph } = tinyBaseModel().model;
    const prefix = extractPrefix(graph, 'input', 'features', 'base/', rename);
    const operators = graph.node.map(({ opType }) => opType);
    expect(operators).toHaveLength(14);
    expect(prefix.node.map(({ opType }) => opType)).toEqual(operators.slice(0, -1));
    const convolutions = [1, 2, 3, 4, 5].map((number) => `base/conv${number}.weight`);
    expect(prefix.initializer.map(({ name }) => name)).toEqual(convolutions);
  });

  it('takes nothing from before its input', () => {
    const { graph } = tinyBaseModel().model;
    const [first, ...rest] = graph.node.slice(0, -1);
    const prefix = extractPrefix(graph, first!.output[0]!, 'features', 'base/', rename);
    expect(prefix.node.map(({ opType }) => opType)).toEqual(rest.map(({ opType }) => opType));
    expect(prefix.initializer.map(({ name }) => name)).not.toContain('base/conv1.weight');
  });

  it('gives every name the prefix but those of input and output', () => {
    const { graph } = tinyBaseModel().model;
    const prefix = extractPrefix(graph, 'input', 'features', 'base/', rename);
    const names = prefix.node.flatMap((node) => [...node.input, ...node.output]);
    expect(names[0]).toBe('in');
    expect(names.at(-1)).toBe('out');
    for (const name of names.slice(1, -1)) expect(name).toMatch(/^base\//);
  });

  it('computes what the whole graph computes there', async () => {
    const { model } = tinyBaseModel();
    const values = Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, index) => Math.sin(index * index));
    const session = await createSession(model, 'frozen');
    const { features } = await session.run({ input: new Tensor('float32', values, [2, 3, 32, 32]) });
    await session.release();
    const prefix = extractPrefix(model.graph, 'input', 'features', 'base/', rename);
    expect(await answer(prefix, [...values], [2, 3, 32, 32])).toEqual(features!.data);
  });

  it('follows subgraphs to what they read from outside, and renames inside them', async () => {
    const prefix = extractPrefix(branchingGraph(), 'x', 'y', 'base/', rename);
    expect(prefix.initializer.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['base/one', 'base/two', 'base/g/float_1']),
    );
    expect(prefix.initializer.some(({ name }) => name!.includes('unused'))).toBe(false);
    const inner = prefix.node.find(({ opType }) => opType === 'If')!.attribute[0]!.g!;
    expect(inner.node[0]!.input).toEqual(['in', 'base/one']);
    expect(inner.output[0]!.name).toBe('base/then.y');
    expect([...(await answer(prefix, [1, -3, 500], [3]))]).toEqual([4, 4, 200]);
  });

  it('leaves an absent optional input absent', () => {
    const prefix = extractPrefix(branchingGraph(), 'x', 'y', 'base/', rename);
    expect(prefix.node.find(({ opType }) => opType === 'Clip')!.input[1]).toBe('');
  });

  it('takes weights that are listed as inputs too, as files before IR version 4 do', () => {
    const { graph } = tinyBaseModel().model;
    const listed = { ...graph, input: [...graph.input, { name: 'conv1.weight' }, { name: 'conv2.weight' }] };
    expect(extractPrefix(listed, 'input', 'features', 'base/', rename)).toEqual(
      extractPrefix(graph, 'input', 'features', 'base/', rename),
    );
  });

  it.each([
    ['an output that does not exist', 'x', 'nowhere', 'no output "nowhere"'],
    ['the input as the output', 'x', 'x', 'no output "x"'],
    ['an output that needs another input too', 'x', 'z', 'needs the input "other" besides "x"'],
    ['an output that needs another input instead', 'other', 'y', 'needs the input "x" besides "other"'],
    ['an input that does not exist', 'nothing', 'y', '"x" besides "nothing"'],
  ])('refuses %s', (_, input, output, message) => {
    const extract = () => extractPrefix(branchingGraph(), input, output, 'base/', rename);
    expect(extract).toThrow(OnnxFormatError);
    expect(extract).toThrow(message);
  });

  it('refuses an output that depends on no input', () => {
    const builder = new GraphBuilder('g');
    builder.input('x', 'float', ['N']);
    builder.node('Neg', [builder.float(1)], {}, 'y');
    expect(() => extractPrefix(builder.graph(), 'x', 'y', 'base/', rename)).toThrow('does not depend on the input "x"');
  });
});
