import { describe, expect, it } from 'vitest';
import { readJsonDocument } from './json-document.ts';

describe('readJsonDocument', () => {
  it('refuses more than its bound without reading on', async () => {
    let asked = 0;
    const endless = function* () {
      for (;;) yield ' '.repeat(1 + asked++);
    };
    const { problem } = await readJsonDocument(endless(), 10);
    expect(problem).toMatchObject({ code: 'DOCUMENT_TOO_LARGE', spoils: 'REST' });
    expect(asked).toBe(5);
  });

  it('takes a byte order mark, refuses other encodings', async () => {
    expect(await readJsonDocument(['\ufeff[1]'])).toEqual({ value: [1] });
    expect((await readJsonDocument([Buffer.from('\ufeff[1]', 'utf16le')])).problem).toMatchObject({
      code: 'UNSUPPORTED_ENCODING',
    });
    expect((await readJsonDocument([Uint8Array.of(0x22, 0xff, 0x22)])).problem).toMatchObject({
      code: 'INVALID_DOCUMENT',
    });
  });
});
