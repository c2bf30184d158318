import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { createSession } from './create-session.ts';
import { GraphBuilder } from './graph-builder.ts';
import { attributeType, type AttributeProto, type ModelProto, type TensorProto } from './onnx-messages.ts';
import { Tensor } from './onnx-runtime.ts';
import { readModel } from './read-model.ts';
import { floatTensor } from './tensors.ts';
import { writeModel } from './write-model.ts';

const shipped = new URL('../base-models/exemplar-res-s/model.onnx', import.meta.url);

const bytes = fc.uint8Array({ maxLength: 12 }).map((array) => Uint8Array.from(array));
const exactInteger = fc.maxSafeInteger();
const float = fc.float({ noNaN: true });
const tensor: fc.Arbitrary<TensorProto> = fc.record({
  dims: fc.array(fc.nat(), { maxLength: 4 }),
  dataType: fc.integer({ min: 0, max: 20 }),
  name: fc.string(),
  rawData: bytes,
  floatData: fc.array(float, { maxLength: 4 }),
  int32Data: fc.array(fc.integer(), { maxLength: 4 }),
  int64Data: fc.array(exactInteger, { maxLength: 4 }),
  doubleData: fc.array(fc.double({ noNaN: true }), { maxLength: 4 }),
  uint64Data: fc.array(fc.maxSafeNat(), { maxLength: 4 }),
  stringData: fc.array(bytes, { maxLength: 2 }),
  externalData: fc.array(fc.record({ key: fc.string(), value: fc.string() }), { maxLength: 2 }),
  dataLocation: fc.constant(0),
});
const attribute: fc.Arbitrary<AttributeProto> = fc.record({
  name: fc.string(),
  type: fc.integer({ min: 0, max: 14 }),
  f: float,
  i: exactInteger,
  s: bytes,
  t: tensor,
  floats: fc.array(float, { maxLength: 4 }),
  ints: fc.array(exactInteger, { maxLength: 4 }),
  strings: fc.array(bytes, { maxLength: 2 }),
  tensors: fc.array(tensor, { maxLength: 1 }),
  graphs: fc.constant([]),
});
const anyModel: fc.Arbitrary<ModelProto> = fc
  .record({
    irVersion: fc.integer({ min: 1, max: 20 }),
    producerName: fc.string(),
    docString: fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    modelVersion: exactInteger,
    opsetImport: fc.array(fc.record({ domain: fc.string(), version: fc.nat() }), { minLength: 1, maxLength: 3 }),
    attribute: fc.array(attribute, { maxLength: 3 }),
    initializer: fc.array(tensor, { maxLength: 3 }),
    names: fc.array(fc.string(), { maxLength: 4 }),
    metadataProps: fc.array(fc.record({ key: fc.string(), value: fc.string() }), { maxLength: 3 }),
    functions: fc.array(bytes, { maxLength: 2 }),
  })
  .map(({ attribute, initializer, names, ...model }) => ({
    ...model,
    graph: {
      node: [{ opType: 'Any', name: 'any', input: names, output: names.toReversed(), attribute }],
      initializer,
      input: [],
      output: [
        {
          name: 'out',
          type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 3 }, { dimParam: 'N' }, {}] } } },
        },
      ],
      valueInfo: [],
    },
  }));

describe('a model that is written and read', () => {
  it('is the same model, and the same bytes when written again', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const written = writeModel(model);
        const read = readModel(written);
        expect(plain(read)).toEqual(plain(model));
        expect(Buffer.compare(writeModel(read), written)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the ends of the 64-bit range, which Slice uses for "to the end"', () => {
    const { model } = tinyBaseModel();
    const varint = (last: number) => [
      ...Array<number>(8).fill(last === 1 ? 0x80 : 0xff),
      last === 1 ? 0x80 : 0xff,
      last,
    ];
    const [most, least] = [varint(0).with(8, 0x7f).slice(0, 9), varint(1)];
    // NodeProto.attribute[0] = { name: "n", ints: [INT64_MAX, INT64_MIN], type: INTS }
    const raw = Uint8Array.from([
      0x0a,
      1,
      0x6e,
      0x42,
      most.length + least.length,
      ...most,
      ...least,
      0xa0,
      1,
      attributeType.ints,
    ]);
    const node = Uint8Array.from([0x22, 1, 0x41, 0x2a, raw.length, ...raw]);
    const graph = Uint8Array.from([0x0a, node.length, ...node]);
    const file = Uint8Array.from([0x08, 8, 0x3a, graph.length, ...graph, 0x42, 2, 0x10, 17]);
    expect(Buffer.from(writeModel(readModel(file))).includes(Buffer.from([...most, ...least]))).toBe(true);
    expect(model.irVersion).toBe(8);
  });

  it.each([
    ['the tiny base model', () => Promise.resolve(tinyBaseModel().bytes)],
    ['the shipped base model', () => readFile(shipped)],
  ])('answers as the file it came from: %s', async (_, load) => {
    const original = await load();
    const model = readModel(original);
    const again = writeModel(model);
    expect(Buffer.compare(writeModel(readModel(again)), again)).toBe(0);
    const input = model.graph.input[0]!;
    const [, channels, height, width] = input.type!.tensorType!.shape!.dim.map((dim) => dim.dimValue ?? 1);
    const count = channels! * height! * width!;
    const values = Float32Array.from({ length: count }, (_, index) => Math.sin(index));
    const answers = [];
    for (const file of [original, again]) {
      const session = await createSession(file, 'frozen');
      const outputs = await session.run({
        [input.name]: new Tensor('float32', values, [1, channels!, height!, width!]),
      });
      answers.push(outputs[model.graph.output[0]!.name]!.data);
      await session.release();
    }
    expect(answers[0]!.length).toBeGreaterThan(1);
    expect(answers[1]).toEqual(answers[0]);
  });

  it('does not depend on where in a buffer its bytes lie', () => {
    const builder = new GraphBuilder('g');
    builder.node('Add', [builder.initializer(floatTensor('a', [1, 2], [2])), builder.float(3)], {}, 'sum');
    const written = writeModel(builder.model());
    const shifted = Buffer.concat([Buffer.from([1, 2, 3]), written]).subarray(3);
    expect(plain(readModel(shifted))).toEqual(plain(readModel(written)));
  });
});

/** Buffers and Uint8Arrays of equal bytes alike; 0 and '' as absent, for a file does not tell them apart. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== 0 && each !== ''));
}
