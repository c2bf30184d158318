import { describe, expect, it } from 'vitest';
import { createSession } from './create-session.ts';
import { GraphBuilder } from './graph-builder.ts';
import { dataType } from './onnx-messages.ts';
import { Tensor } from './onnx-runtime.ts';
import { boolTensor, floatTensor, floatValues, int64Tensor } from './tensors.ts';

/** What ONNX Runtime computes for the value `y`. */
async function run(builder: GraphBuilder, feeds: Record<string, Tensor> = {}): Promise<number[]> {
  const session = await createSession(builder.model(), 'training');
  const { y } = await session.run(feeds);
  const values = Array.from(y!.data as Iterable<number | bigint>, Number);
  await session.release();
  return values;
}

const vector = (...values: number[]) => new Tensor('float32', Float32Array.from(values), [values.length]);

describe('GraphBuilder', () => {
  it('writes a graph that runs, with sizes that are known only then', async () => {
    const builder = new GraphBuilder('g');
    const x = builder.input('x', 'float', ['N']);
    const w = builder.initializer(floatTensor('w', [2], [1]));
    builder.node('Add', [builder.node('Mul', [x, w]), builder.float(0.5)], {}, 'y');
    builder.output('y', 'float', ['N']);
    expect(await run(builder, { x: vector(1, 2, 3) })).toEqual([2.5, 4.5, 6.5]);
    expect(await run(builder, { x: vector(7) })).toEqual([14.5]);
  });

  it('writes attributes of each type', async () => {
    const branch = (name: string, value: number) => {
      const builder = new GraphBuilder(name);
      builder.node('Identity', [builder.float(value)], {}, `${name}.result`);
      builder.output(`${name}.result`, 'float', []);
      return builder.graph();
    };
    const builder = new GraphBuilder('g');
    const x = builder.input('x', 'float', ['N']);
    const leaky = builder.node('LeakyRelu', [x], { alpha: { float: 0.25 } });
    const grid = builder.node('Reshape', [leaky, builder.ints(2, 2)]);
    const turned = builder.node('Transpose', [grid], { perm: [1, 0] });
    const constant = builder.node('Constant', [], { value: floatTensor('c', [10, 20], [2]) });
    const chosen = builder.node('If', [builder.initializer(boolTensor('yes', true))], {
      then_branch: branch('then', 100),
      else_branch: branch('else', 200),
    });
    const sum = builder.node('Add', [builder.node('Add', [turned, constant]), chosen]);
    // A last element of each row that is "reflected" shows that the text attribute arrived; axis 0 that a zero did.
    const padded = builder.node('Pad', [sum, builder.ints(0, 0, 0, 1)], { mode: 'reflect' });
    builder.nodes('Split', [padded], ['y', 'rest'], { axis: 0 });
    builder.output('y', 'float', [1, 3]);
    expect(await run(builder, { x: vector(-4, 1, 2, 3) })).toEqual([109, 122, 109]);
  });

  it('names values after its graph, each once', () => {
    const builder = new GraphBuilder('outer');
    const names = [
      builder.float(1),
      builder.float(1),
      builder.ints(1),
      builder.node('Relu', ['x']),
      builder.node('Relu', ['x']),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^outer\//);
    expect(builder.node('Relu', ['x'], {}, 'mine')).toBe('mine');
  });

  it('appends the nodes and weights of another graph', async () => {
    const part = new GraphBuilder('part');
    part.node('Mul', ['x', part.float(3)], {}, 'tripled');
    const builder = new GraphBuilder('g');
    builder.input('x', 'float', [1]);
    builder.append(part.graph());
    builder.node('Neg', ['tripled'], {}, 'y');
    builder.output('y', 'float', [1]);
    expect(await run(builder, { x: vector(2) })).toEqual([-6]);
  });

  it('says which operator sets it uses', () => {
    const builder = new GraphBuilder('g');
    expect(builder.model()).toMatchObject({ irVersion: 8, opsetImport: [{ domain: '', version: 17 }] });
    expect(builder.model(20, 9)).toMatchObject({ irVersion: 9, opsetImport: [{ version: 20 }] });
  });
});

describe('tensors', () => {
  it('hold what they are given', async () => {
    const builder = new GraphBuilder('g');
    const numbers = builder.initializer(int64Tensor('i', [-1, 2 ** 40], [2]));
    builder.node('Cast', [numbers], { to: dataType.float }, 'y');
    builder.output('y', 'float', [2]);
    expect(await run(builder)).toEqual([-1, 2 ** 40]);
    expect(floatValues(floatTensor('f', [0.5, -2], [2]))).toEqual(Float32Array.of(0.5, -2));
    const part = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(floatValues(floatTensor('part', part, [2]))).toEqual(Float32Array.of(1, 2));
  });

  it('are read at any offset of a file and from either list', () => {
    const { rawData, ...rest } = floatTensor('f', [1.5, -3], [2]);
    const shifted = Buffer.concat([Buffer.from([7]), rawData!]).subarray(1);
    expect(floatValues({ ...rest, rawData: shifted })).toEqual(Float32Array.of(1.5, -3));
    expect(floatValues({ ...rest, floatData: [1.5, -3] })).toEqual(Float32Array.of(1.5, -3));
  });

  it('refuse values that do not fill the shape', () => {
    expect(() => floatTensor('w', [1, 2, 3], [2, 2])).toThrow(/^w: 3 values do not fill the shape \[2, 2\]$/);
    expect(() => int64Tensor('i', [], [])).toThrow(RangeError);
  });
});
