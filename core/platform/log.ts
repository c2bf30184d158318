import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on stderr, so that stdout stays free for results. Tokens and signatures never reach a line. */
export function createLog(level: string, role: string): Log {
  return pino(
    {
      level,
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', '*.token', 'authorization', '*.authorization', 'secret', '*.secret'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
