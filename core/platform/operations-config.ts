import { z } from 'zod';
import { integer } from './environment-values.ts';

/** `*`, or an origin as browsers send it: scheme, host, port if it is not the scheme's own; no path. */
const origin = z
  .string()
  .trim()
  .refine(
    (value) => value === '*' || (!value.includes('*') && URL.parse(value)?.origin === value),
    'must be * or like https://app.example.com',
  );

const originsFromText = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : String(value).split(',')),
  z.array(origin),
);

/** Variables that say how an installation is kept safe and watched. */
export const operationsEnvironment = {
  EXEMPLAR_CORS_ORIGINS: originsFromText,
  EXEMPLAR_REQUEST_SECONDS: integer(30, 1, 3600),
};

export interface OperationsConfig {
  /** Web pages of these origins may use the API; `*` = of all. Empty: only pages that this server shows itself. */
  readonly corsOrigins: readonly string[];
  /** How long the headers of a request may take to come, and how long its body; uploads may take longer while they move. */
  readonly requestSeconds: number;
}

const shape = z.object(operationsEnvironment);

export function readOperations(value: z.output<typeof shape>): OperationsConfig {
  return { corsOrigins: value.EXEMPLAR_CORS_ORIGINS, requestSeconds: value.EXEMPLAR_REQUEST_SECONDS };
}
