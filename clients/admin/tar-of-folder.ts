import { openAsBlob } from 'node:fs';
import type { FoundFile } from './find-files.ts';

const block = 512;

/**
 * A TAR of files as one blob that reads them when it is sent, so that a folder of any size needs neither memory nor disk. The form is that
 * of POSIX.1-2001 (pax): a name that is long or not ASCII stands in an extended header before its own.
 */
export async function tarOf(files: AsyncIterable<FoundFile>): Promise<{ readonly blob: Blob; readonly files: number }> {
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  let count = 0;
  for await (const { path, relativePath, byteSize } of files) {
    const name = Buffer.from(relativePath);
    if (name.byteLength > 100 || /[^\x20-\x7e]/.test(relativePath)) {
      const record = paxRecord('path', relativePath);
      parts.push(header('pax', record.byteLength, 'x'), record, padding(record.byteLength));
    }
    parts.push(header(relativePath, byteSize, '0'), await openAsBlob(path), padding(byteSize));
    count++;
  }
  parts.push(new Uint8Array(2 * block));
  return { blob: new Blob(parts), files: count };
}

const padding = (bytes: number) => new Uint8Array((block - (bytes % block)) % block);

/** `LENGTH KEY=VALUE\n`, of which LENGTH counts itself. */
function paxRecord(key: string, value: string): Uint8Array<ArrayBuffer> {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return new TextEncoder().encode(`${length}${rest}`);
}

function header(name: string, size: number, type: '0' | 'x'): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100, 'latin1');
  bytes.write('0000644\0', 100);
  bytes.write('0000000\0', 108);
  bytes.write('0000000\0', 116);
  bytes.write(sizeField(size), 124, 'latin1');
  bytes.write('00000000000\0', 136);
  bytes.write('        ', 148);
  bytes.write(type, 156);
  bytes.write('ustar\u000000', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return new Uint8Array(bytes);
}

/** Eleven octal digits: up to 8 GiB, more than a picture or document has. */
const sizeField = (size: number): string => `${size.toString(8).padStart(11, '0')}\0`;
