import { z } from 'zod';
import { s3PlaceSchema } from '#core/platform/objects/s3-keys.ts';
import type { Answer } from '#engine/inference/index.ts';

/** What a process for inference is started with: its one argument, as JSON. */
export const inferenceSettingsSchema = z.object({
  objectsDirectory: z.string(),
  /** Of the S3-compatible store, if there is one; the keys come in the environment. */
  s3: s3PlaceSchema.nullable(),
  limits: z.object({ maximumBytes: z.number(), maximumSide: z.number(), maximumPixels: z.number() }),
  /** Of one run of a model. */
  threads: z.number(),
  /** Of the model files that stay open. */
  modelBytes: z.number(),
});
export type InferenceSettings = z.infer<typeof inferenceSettingsSchema>;

/** Server to process. Without a picture: bring the model into memory and answer when that is done. */
export interface InferenceRequest {
  readonly id: number;
  readonly modelKey: string;
  readonly picture?: { readonly bytes: Uint8Array; readonly isNormalised: boolean } | undefined;
}

/** Process to server, one for each request, in any order. */
export type InferenceReply =
  | ({ readonly id: number; readonly type: 'answer' } & Answer)
  | { readonly id: number; readonly type: 'loaded' }
  | { readonly id: number; readonly type: 'refused'; readonly code: string; readonly message: string }
  | { readonly id: number; readonly type: 'unusable'; readonly message: string }
  /** Said by the server itself when the process has ended. */
  | { readonly id: number; readonly type: 'interrupted' };
