import { transferProblem, type ByteSource, type TransferProblem } from './item.ts';
import { isUtf16 } from './lines.ts';

/** Largest document of a format that has to be read as a whole, in bytes. */
export const maximumDocumentBytes = 100 * 1024 * 1024;

export type JsonDocument =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: TransferProblem };

/** The whole document, or why it cannot be had. */
export async function readJsonDocument(source: ByteSource, limit = maximumDocumentBytes): Promise<JsonDocument> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece);
    length += chunk.length;
    if (length > limit)
      return {
        problem: transferProblem('DOCUMENT_TOO_LARGE', `A document of this format may have at most ${limit} bytes.`),
      };
    pieces.push(chunk);
  }
  const bytes = Buffer.concat(pieces);
  if (isUtf16(bytes))
    return { problem: transferProblem('UNSUPPORTED_ENCODING', 'The document is UTF-16; save it as UTF-8.') };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: transferProblem('INVALID_DOCUMENT', 'The document is not UTF-8.') };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'too deep';
    return { problem: transferProblem('INVALID_DOCUMENT', `The document is not JSON: ${reason}`) };
  }
}
