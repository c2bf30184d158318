import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InferenceRequest } from './inference-protocol.ts';
import { RequestReader, writeRequest } from './request-pipe.ts';

const requests = fc.array(
  fc.record({
    id: fc.nat(),
    modelKey: fc.string({ unit: 'grapheme' }),
    picture: fc.option(
      fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }), isNormalised: fc.boolean() }),
      { nil: undefined },
    ),
  }),
  { maxLength: 6 },
);

test('requests arrive as they were sent, in whatever pieces', () => {
  fc.assert(
    fc.property(requests, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sent, sizes) => {
      const pipe = new PassThrough();
      for (const request of sent) writeRequest(pipe, request);
      const bytes = (pipe.read() ?? Buffer.alloc(0)) as Buffer;
      const came: InferenceRequest[] = [];
      const reader = new RequestReader((request) => came.push(request));
      for (let from = 0, turn = 0; from < bytes.byteLength; turn++) {
        const piece = Buffer.from(bytes.subarray(from, from + sizes[turn % sizes.length]!));
        reader.read(piece);
        from += piece.byteLength;
        // The next piece comes in the same memory.
        piece.fill(0xff);
      }
      expect(came.map(plain)).toEqual(sent.map(plain));
    }),
  );
});

const plain = ({ id, modelKey, picture }: InferenceRequest) => ({
  id,
  modelKey,
  picture: picture && { bytes: [...picture.bytes], isNormalised: picture.isNormalised },
});
