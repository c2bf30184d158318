import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataType, type ModelProto } from './onnx/onnx-messages.ts';
import { readModel } from './onnx/read-model.ts';

const triple = z.array(z.number()).length(3);
const cardSchema = z.object({
  name: z.string().min(1),
  version: z.union([z.string(), z.number()]).transform(String),
  /** Of the ONNX file, beside the card. */
  file: z.string().regex(/^[^/\\]+$/, 'a file name without folders'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  parameters: z.int().nonnegative(),
  /** Of one picture. */
  multiplyAdds: z.int().nonnegative(),
  input: z.object({
    name: z.string().min(1),
    /** Pixels of a side of the square. */
    size: z.int().min(8).max(2048),
    /** Per channel, in 0..1: x = (pixel/255 - mean) / std. */
    mean: triple,
    std: z.array(z.number().positive()).length(3),
    channelOrder: z.literal('RGB'),
    resize: z.enum(['cover', 'fill']),
  }),
  output: z.object({ name: z.string().min(1), dimension: z.int().positive() }),
  licence: z.string(),
  recipe: z.string(),
});

/** What `base-model.json` says. */
export type BaseModelCard = z.output<typeof cardSchema>;

/** A pretrained network that turns pictures into features; it stays frozen. Input float32 [N, 3, size, size], output [N, dimension]. */
export interface BaseModel {
  readonly card: BaseModelCard;
  readonly model: ModelProto;
}

/** A base model that is missing, damaged or not what its card says. */
export class BaseModelError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BaseModelError';
  }
}

/**
 * Reads `base-model.json` and the ONNX file it names.
 * @throws {BaseModelError} @throws {OnnxFormatError}
 */
export async function loadBaseModel(directory: string, cardFile = 'base-model.json'): Promise<BaseModel> {
  const card = await readCard(join(directory, cardFile));
  const file = join(directory, card.file);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new BaseModelError(`The base model ${card.name} lacks its file ${file}.`, { cause });
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const model = readModel(bytes);
  if (sha256 !== card.sha256)
    throw new BaseModelError(
      `The base model file ${file} is not the one its card describes: SHA-256 ${sha256} instead of ${card.sha256}.`,
    );
  requireUsable(card, model);
  return { card, model };
}

async function readCard(path: string): Promise<BaseModelCard> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BaseModelError(`There is no base model at ${path}.`, { cause });
  });
  try {
    return cardSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new BaseModelError(`The base model card ${path} is not valid: ${reason}`, { cause });
  }
}

/**
 * It fits its card, and what is built around it: operators of one set in their forms since version 13.
 * @throws {BaseModelError}
 */
export function requireUsable(card: BaseModelCard, model: ModelProto): void {
  const opset = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx');
  if (!opset || opset.version < 13)
    throw new BaseModelError(
      `The base model ${card.name} uses operator set ${opset?.version ?? 'none'}; 13 or later is needed.`,
    );
  if (model.functions.length > 0)
    throw new BaseModelError(`The base model ${card.name} defines own functions, which are not supported.`);
  const input = model.graph.input.find(({ name }) => name === card.input.name);
  if (input?.type?.tensorType?.elemType !== dataType.float)
    throw new BaseModelError(`The base model ${card.name} has no float32 input "${card.input.name}".`);
  if (!model.graph.node.some(({ output }) => output.includes(card.output.name)))
    throw new BaseModelError(`The base model ${card.name} has no output "${card.output.name}".`);
}
