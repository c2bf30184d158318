import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { createSession } from './create-session.ts';
import { GraphBuilder, type AttributeValue } from './graph-builder.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import type { ModelProto } from './onnx-messages.ts';
import { Tensor } from './onnx-runtime.ts';
import { upgradeOpset } from './upgrade-opset.ts';

const shape = [2, 3, 4, 4];

/** One operator of an old set on [2, 3, 4, 4]. */
function oldModel(
  opset: number,
  opType: string,
  attributes: Record<string, AttributeValue>,
  more: (b: GraphBuilder) => string[] = () => [],
) {
  const builder = new GraphBuilder('old');
  builder.input('x', 'float', shape);
  builder.node(opType, ['x', ...more(builder)], attributes, 'y');
  const model = builder.model(opset, opset < 9 ? 3 : 6);
  model.graph.output.push({ name: 'y' });
  return model;
}

async function answer(model: ModelProto) {
  const draw = random(1);
  const x = Float32Array.from({ length: 96 }, () => 4 * draw.uniform() - 2);
  const session = await createSession(model, 'frozen');
  const { y } = await session.run({ x: new Tensor('float32', x, shape) });
  await session.release();
  return { dims: y!.dims, values: [...(y!.data as Float32Array)] };
}

describe('upgradeOpset', () => {
  const cases: [string, number, string, Record<string, AttributeValue>, ((b: GraphBuilder) => string[])?][] = [
    ['unsqueeze', 11, 'Unsqueeze', { axes: [0, 5] }],
    ['sum', 11, 'ReduceSum', { axes: [2, 3], keepdims: 0 }],
    ['sum of all', 11, 'ReduceSum', { keepdims: 1 }],
    ['clip', 10, 'Clip', { min: { float: 0 }, max: { float: 1.5 } }],
    ['clip with one bound', 7, 'Clip', { min: { float: -0.5 } }],
    ['clip whose bounds are inputs', 11, 'Clip', {}, (b) => [b.float(-1), b.float(1)]],
    ['pad', 9, 'Pad', { pads: [0, 0, 1, 2, 0, 0, 0, 1], value: { float: 3 } }],
    ['slice', 9, 'Slice', { starts: [1, 0], ends: [3, 2], axes: [2, 3] }],
    ['slice from the first axis on', 9, 'Slice', { starts: [1, 0], ends: [2, 2] }],
    ['dropout', 9, 'Dropout', { ratio: { float: 0.5 } }],
    ['softmax of channels', 11, 'Softmax', { axis: 3 }],
    ['mean', 11, 'ReduceMean', { axes: [2, 3], keepdims: 0 }],
    ['global pooling', 7, 'GlobalAveragePool', {}],
  ];
  it.each(cases)('leaves what is computed as it was: %s', async (_, opset, opType, attributes, more) => {
    const model = oldModel(opset, opType, attributes, more);
    const upgraded = upgradeOpset(model);
    expect(upgraded.opsetImport).toEqual([{ domain: '', version: 13 }]);
    expect(await answer(upgraded)).toEqual(await answer(model));
  });

  it('takes weights out of the inputs', async () => {
    const model = oldModel(8, 'Add', {}, (b) => [b.float(1)]);
    const weight = model.graph.initializer[0]!.name!;
    model.graph.input.push({ name: weight, type: { tensorType: { elemType: 1, shape: { dim: [] } } } });
    const upgraded = upgradeOpset(model);
    expect(upgraded.graph.input.map(({ name }) => name)).toEqual(['x']);
    expect(await answer(upgraded)).toEqual(await answer(model));
  });

  it('leaves newer models alone, and says what it cannot do', () => {
    const current = oldModel(17, 'Relu', {});
    expect(upgradeOpset(current)).toBe(current);
    expect(() => upgradeOpset(oldModel(6, 'Relu', {}))).toThrow(OnnxFormatError);
    expect(() => upgradeOpset(oldModel(9, 'Upsample', {}))).toThrow('Upsample of operator set 9');
  });
});
