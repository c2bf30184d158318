import { z } from 'zod';
import type { ClassifierHead } from '#engine/index.ts';

const headSchema = z.object({
  classIds: z.array(z.string()),
  baseModelSha256: z.string(),
  weights: z.base64(),
  bias: z.base64(),
});

/** A head as JSON: what the next incremental training of the project reads. Numbers are float32, little-endian, in base64. */
export function writeHead(head: ClassifierHead): string {
  return JSON.stringify({
    classIds: [...head.classIds],
    baseModelSha256: head.baseModelSha256,
    weights: toBase64(head.weights),
    bias: toBase64(head.bias),
  } satisfies z.infer<typeof headSchema>);
}

/** @throws when the text is no head. */
export function readHead(text: string): ClassifierHead {
  const head = headSchema.parse(JSON.parse(text));
  return { ...head, weights: fromBase64(head.weights), bias: fromBase64(head.bias) };
}

function toBase64(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
