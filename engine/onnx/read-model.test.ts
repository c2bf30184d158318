import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { createSession } from './create-session.ts';
import { GraphBuilder } from './graph-builder.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import type { ModelProto, TensorProto } from './onnx-messages.ts';
import { readModel } from './read-model.ts';
import { floatTensor } from './tensors.ts';
import { writeModel } from './write-model.ts';

function messageOf(bytes: Uint8Array): string {
  try {
    readModel(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(OnnxFormatError);
    return (error as Error).message;
  }
  throw new Error('accepted');
}

const tiny = tinyBaseModel();
const external = (name: string): TensorProto => ({
  ...floatTensor(name, [], [0]),
  dims: [2],
  rawData: new Uint8Array(),
  dataLocation: 1,
  externalData: [{ key: 'location', value: 'weights.bin' }],
});
const withNode = (build: (builder: GraphBuilder) => void): Uint8Array => {
  const builder = new GraphBuilder('g');
  build(builder);
  return writeModel(builder.model());
};

describe('readModel', () => {
  it.each([
    ['an empty file', new Uint8Array(), 'empty (0 bytes)'],
    ['text', Buffer.from('This is no model, but a letter.'), 'not an ONNX model'],
    ['a picture', Buffer.from('ffd8ffe000104a464946000101', 'hex'), 'not an ONNX model'],
    [
      'a Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
      'Git LFS pointer',
    ],
    ['a model without a graph', writeModel({ ...tiny.model, graph: undefined } as unknown as ModelProto), 'no graph'],
    ['a graph without operators', withNode(() => {}), 'no graph with operators'],
    ['a model of no operator set', writeModel({ ...tiny.model, opsetImport: [] }), 'no operator set'],
    [
      'weights in another file',
      withNode((builder) => builder.node('Relu', [builder.initializer(external('w'))])),
      '"w" in weights.bin',
    ],
    [
      'a constant in another file',
      withNode((builder) => builder.node('Constant', [], { value: external('c') })),
      '"c" in weights.bin',
    ],
    [
      'weights of a subgraph in another file',
      withNode((builder) => {
        const branch = new GraphBuilder('branch');
        branch.node('Relu', [branch.initializer(external('inner'))], {}, 'y');
        builder.node('If', ['x'], { then_branch: branch.graph(), else_branch: branch.graph() });
      }),
      '"inner" in weights.bin',
    ],
  ])('refuses %s', (_, bytes, message) => expect(messageOf(bytes)).toContain(message));

  it('refuses a file that was cut off anywhere', () => {
    const { bytes } = tiny;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(messageOf(bytes.subarray(0, length))).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('answers any bytes with a model or a format error', () => {
    const { bytes } = tiny;
    const damaged = fc
      .array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 })), { minLength: 1 })
      .map((changes) => {
        const copy = bytes.slice();
        for (const [at, value] of changes) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (file) => {
        try {
          expect(readModel(file).graph.node.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(OnnxFormatError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses graphs in graphs without end', () => {
    // AttributeProto.g = { node: { attribute: { g: ... } } }, each level three lengths deep.
    let graph = Buffer.from([0x0a, 0]);
    const wrap = (field: number, inner: Buffer) =>
      Buffer.concat([Buffer.from([field, ...varint(inner.length)]), inner]);
    for (let level = 0; level < 3000; level++) graph = wrap(0x0a, wrap(0x2a, wrap(0x32, graph)));
    expect(messageOf(Buffer.concat([wrap(0x3a, graph), Buffer.from([0x42, 2, 0x10, 17])]))).toContain('not an ONNX');
  });
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

/** A collection of broken models beside the repository. */
const archive = join(import.meta.dirname, '../../../shared/hostile/hostile.tar.gz');

describe.skipIf(!existsSync(archive))('the collection of broken models', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', archive, '-C', folder, '--wildcards', '*models/*']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (name: string) => readFileSync(join(folder, 'models', name));

  it.each([
    ['zero.onnx', 'empty'],
    ['text.onnx', 'not an ONNX model'],
    ['lfs_pointer.onnx', 'Git LFS'],
    ['truncated.onnx', 'cut off'],
    ['external_data_missing.onnx', 'weights.bin'],
  ])('refuses %s', (name, message) => expect(messageOf(read(name))).toContain(message));

  it.each(['unknown_op.onnx', 'future_opset.onnx', 'cycle.onnx'])(
    'leaves it to ONNX Runtime to refuse %s',
    async (name) => {
      await expect(createSession(readModel(read(name)), 'frozen')).rejects.toThrow(/\S/);
    },
  );

  it('reads the good one', async () => {
    const session = await createSession(readModel(read('good_tiny.onnx')), 'frozen');
    expect(session.inputNames).toHaveLength(1);
    await session.release();
  });
});
