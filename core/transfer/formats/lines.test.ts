import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumLineBytes, readLines } from './lines.ts';
import { anyText } from './testing/arbitrary-items.ts';
import { inPieces } from './testing/collect.ts';

async function linesOf(source: Iterable<Uint8Array | string>, limit?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(source, limit))
    lines.push(line.problem ? `${line.problem.code}@${line.number}` : line.text);
  return lines;
}

describe('readLines', () => {
  it('gives the lines of any text, however it is cut', async () => {
    const line = anyText.map((text) => text.replaceAll(/[\r\n\ufeff]/g, ' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 50 }),
        async (lines, end, size) => {
          const text = lines.map((text) => text + end).join('');
          expect(await linesOf(inPieces(text, size))).toEqual(lines);
        },
      ),
    );
  });

  it('numbers lines from 1, drops the byte order mark, needs no last line end, keeps a lone CR', async () => {
    expect(await linesOf(['\ufeffa\r\n\r', '\nb\rc'])).toEqual(['a', '', 'b\rc']);
    expect(await linesOf([])).toEqual([]);
  });

  it('tells a line that is too long and reads the next', async () => {
    expect(await linesOf(inPieces('1234\n12345\n123456789\nok', 2), 4)).toEqual([
      '1234',
      'LINE_TOO_LONG@2',
      'LINE_TOO_LONG@3',
      'ok',
    ]);
    const long = 'x'.repeat(maximumLineBytes);
    expect(await linesOf([long, '\n', long, 'x\n', 'y'])).toEqual([long, 'LINE_TOO_LONG@2', 'y']);
  });

  it('tells a line that is not UTF-8 and reads the next', async () => {
    expect(await linesOf([Uint8Array.of(0x61, 10, 0xff, 10, 0xc3, 10), 'b'])).toEqual([
      'a',
      'INVALID_ENCODING@2',
      'INVALID_ENCODING@3',
      'b',
    ]);
  });

  it('refuses UTF-16 at once', async () => {
    expect(await linesOf([Buffer.from('\ufeffa\nb\n', 'utf16le')])).toEqual(['UNSUPPORTED_ENCODING@1']);
  });

  it('does not mind a source that uses its buffer again', async () => {
    const buffer = Buffer.alloc(3);
    const reused = function* () {
      for (const text of ['ab\n', 'cde', 'fg\n']) {
        buffer.write(text);
        yield buffer;
      }
    };
    expect(await linesOf(reused())).toEqual(['ab', 'cdefg']);
  });

  it('asks for bytes only as lines are taken', async () => {
    let asked = 0;
    const endless = function* () {
      for (;;) yield `line ${asked++}\n`;
    };
    for await (const line of readLines(endless())) if (line.number === 10) break;
    expect(asked).toBe(10);
  });
});
