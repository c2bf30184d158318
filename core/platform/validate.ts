import { z } from 'zod';
import { ValidationError } from './errors.ts';

/** Text as it is stored: PostgreSQL cannot hold NUL. */
export const storableText = () => z.string().refine((text) => !text.includes('\0'), 'must not hold a NUL character');

/** Parses input with its schema. @throws {ValidationError} that names every wrong field under `input`. */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ValidationError(
    parsed.error.issues.map((issue) => ({ path: ['input', ...issue.path.map(String)], message: issue.message })),
  );
}
