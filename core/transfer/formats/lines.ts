import { transferProblem, type ByteSource, type TransferProblem } from './item.ts';

/** Longest line or record that is read, in bytes. */
export const maximumLineBytes = 1024 * 1024;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end. */
  readonly text: string;
  readonly end: '\n' | '\r\n' | '';
  readonly problem?: undefined;
}
export type LineOrProblem = Line | { readonly problem: TransferProblem; readonly number: number };

/** Not fatal to the rest: each line is decoded by itself, so that one bad byte spoils one line. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Lines of a UTF-8 text that end in LF or CRLF. Holds one line at a time, never more than `maximumLineBytes` of it. A byte order
 * mark at the start is dropped; a text that starts like UTF-16 is refused as a whole.
 */
export async function* readLines(source: ByteSource, limit = maximumLineBytes): AsyncGenerator<LineOrProblem, void> {
  let number = 1;
  let held: Uint8Array[] = [];
  let length = 0;
  const finish = (ended: boolean): LineOrProblem => {
    const bytes = Buffer.concat(held);
    const tooLong = length > limit;
    held = [];
    length = 0;
    return tooLong ? tooLongLine(number++, limit) : decodeLine(bytes, number++, ended);
  };
  const hold = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) held = [];
    else if (part.length > 0) held.push(part);
  };
  for await (const piece of source) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      const line = finish(true);
      yield line;
      if (line.problem?.spoils === 'REST') return;
    }
    // A copy: sources may use their buffer again for the next piece.
    hold(Uint8Array.from(chunk.subarray(start)));
  }
  if (length > 0) yield finish(false);
}

function tooLongLine(number: number, limit: number): LineOrProblem {
  const message = `The line is longer than ${limit} bytes.`;
  return { number, problem: transferProblem('LINE_TOO_LONG', message, { line: number }) };
}

function decodeLine(bytes: Buffer, number: number, ended: boolean): LineOrProblem {
  if (number === 1 && isUtf16(bytes))
    return { number, problem: transferProblem('UNSUPPORTED_ENCODING', 'The text is UTF-16; save it as UTF-8.') };
  const carriageReturn = ended && bytes.at(-1) === 13;
  let text: string;
  try {
    text = decoder.decode(carriageReturn ? bytes.subarray(0, -1) : bytes);
  } catch {
    return { number, problem: transferProblem('INVALID_ENCODING', 'The line is not UTF-8.', { line: number }) };
  }
  if (number === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
  return { number, text, end: carriageReturn ? '\r\n' : ended ? '\n' : '' };
}

/** Has the byte order mark of UTF-16. */
export function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
