import { z } from 'zod';

/** docker compose passes unset variables as empty strings. */
export const text = (schema: z.ZodString) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export const integer = (fallback: number, minimum: number, maximum: number) =>
  z.preprocess(
    (value) => (value === '' || value === undefined ? String(fallback) : value),
    z
      .string()
      .trim()
      .regex(/^-?\d+$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(minimum).max(maximum)),
  );

/** Texts between commas; nothing = an empty list. */
export const listOf = (item: z.ZodString) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : (value as string).split(',').map((text) => text.trim())),
    z.array(item),
  );
