import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { getMetadata, setMetadata } from './metadata.ts';
import { readModel } from './read-model.ts';
import { writeModel } from './write-model.ts';

const tiny = tinyBaseModel().model;
const key = fc.stringMatching(/^[A-Za-z_.]{1,8}$/);

describe('metadata', () => {
  it('is found by its key in any case, also after writing', () => {
    fc.assert(
      fc.property(key, fc.string(), (name, value) => {
        const model = { ...tiny };
        setMetadata(model, name, value);
        for (const spelling of [name, name.toUpperCase(), name.toLowerCase()])
          expect(getMetadata(model, spelling)).toBe(value);
        expect(getMetadata(readModel(writeModel(model)), name.toUpperCase()) ?? '').toBe(value);
        expect(getMetadata(model, `${name}x`)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('has one entry a key, the last one set', () => {
    const entries = fc.array(fc.tuple(key, fc.string({ minLength: 1 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(entries, (list) => {
        const model = { ...tiny, metadataProps: [] };
        for (const [name, value] of list) setMetadata(model, name, value);
        const last = new Map(list.map(([name, value]) => [name.toLowerCase(), value]));
        expect(model.metadataProps).toHaveLength(last.size);
        for (const [name, value] of last) expect(getMetadata(model, name)).toBe(value);
      }),
    );
  });
});
