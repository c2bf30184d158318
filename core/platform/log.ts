import { pino, stdSerializers, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on stderr, so that stdout stays free for results; `mixin` adds to each what holds where it is written. Tokens, signatures and the values of queries never reach a line. */
export function createLog(level: string, role: string, mixin?: () => object): Log {
  return pino(
    {
      level,
      base: { role },
      ...(mixin && { mixin }),
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: ['token', 'authorization', 'cookie', 'secret'].flatMap((name) => [name, `*.${name}`]),
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** Of a failed query the text is kept; its values may be file names, labels or the digest of a token. */
function describeError(error: Error): object {
  const { params: _, ...described } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  for (const key of ['message', 'stack'])
    if (typeof described[key] === 'string') described[key] = described[key].replace(/\nparams: [^\n]*/g, '');
  return described;
}
