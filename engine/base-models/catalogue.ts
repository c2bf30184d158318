import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const triple = z.array(z.number()).length(3);
const sentence = z.string().min(1);

/** Of a model's folder and of the command line, so that it can be neither a path nor an option. */
export const catalogueNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
  .max(64);

export const catalogueEntrySchema = z.strictObject({
  name: catalogueNameSchema,
  title: sentence,
  /** One sentence for people who choose. */
  goodFor: sentence,
  /** Of the ONNX file; what follows the last slash is its name on a mirror. */
  url: z
    .string()
    .regex(/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/, 'starts with https://')
    .regex(/^[a-z]+:\/\/[^/?#]+\/(?:[^?#]*\/)?[\w.-]+$/, 'ends with a file name, without a query'),
  /** What a reader should know of the address or the file. */
  note: sentence.optional(),
  /** Size of the file. */
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case'),
  /** Where size and checksum are published. */
  checksumSource: sentence,
  licence: z.strictObject({
    /** Identifier of the SPDX licence list. */
    spdx: z.string().regex(/^[A-Za-z0-9.+-]+$/, 'an SPDX identifier'),
    source: sentence,
  }),
  /** Version of the ONNX operator set; null = not published, the file tells. */
  opset: z.int().min(7).max(99).nullable(),
  /** Of one picture, about. */
  multiplyAdds: z.int().positive(),
  input: z.strictObject({
    name: sentence,
    /** Pixels of a side of the square. */
    size: z.int().min(8).max(2048),
    /** Pictures that one run must have; null = any number. */
    batch: z.int().positive().nullable(),
    /** Order of batch (N), channels (C), rows (H) and columns (W). */
    layout: z.enum(['NCHW', 'NHWC']),
    /** Per channel, in 0..1: x = (pixel/255 - mean) / std. */
    mean: triple,
    std: z.array(z.number().positive()).length(3),
    channelOrder: z.literal('RGB'),
    resize: z.enum(['cover', 'fill']),
  }),
  /** The value of the graph that holds the features; null = found by analysis of the graph. */
  features: z
    .strictObject({
      value: sentence,
      /** Numbers of one picture. */
      dimension: z.int().positive(),
      /** Of a value [N, tokens, dimension]: which token counts; null = the value has no tokens. */
      token: z.int().nonnegative().nullable(),
      source: sentence,
    })
    .nullable(),
});

/** A public base model: where its file is, how to know that it is the right one, and what to feed it. */
export type CatalogueEntry = z.output<typeof catalogueEntrySchema>;

const catalogueSchema = z.strictObject({
  version: z.literal(1),
  models: z.array(catalogueEntrySchema).superRefine((models, context) => {
    for (const [index, { name }] of models.entries())
      if (models.findIndex((other) => other.name === name) < index)
        context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} occurs twice` });
  }),
});

/** The file of the catalogue that ships. */
export const shippedCatalogue = fileURLToPath(new URL('./catalogue.json', import.meta.url));

/** The catalogue is missing, no JSON, or an entry of it is wrong; the message names every wrong field. */
export class CatalogueError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CatalogueError';
  }
}

/**
 * Reads the list of base models that can be fetched, in its order.
 * @throws {CatalogueError}
 */
export async function readCatalogue(file: string = shippedCatalogue): Promise<readonly CatalogueEntry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CatalogueError(`The catalogue ${file} cannot be read: ${(cause as Error).message}`, { cause });
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new CatalogueError(`The catalogue ${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = catalogueSchema.safeParse(content);
  if (parsed.success) return parsed.data.models;
  const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`);
  throw new CatalogueError(`The catalogue ${file} has ${problems.length} mistake(s):\n${problems.join('\n')}`);
}
