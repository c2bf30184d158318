import type { Log } from '#core/platform/log.ts';

/** Makes a log remember what goes to its levels `error` and `fatal`: a defect that was masked towards the caller is one all the same. */
export function watchDefects(log: Log): string[] {
  const defects: string[] = [];
  const remember = (...args: unknown[]) => {
    const [first, message] = args;
    const error = (first as { err?: unknown } | undefined)?.err;
    const text =
      error instanceof Error
        ? `${error.stack}${error.cause instanceof Error ? `\n${error.cause.stack}` : ''}`
        : JSON.stringify(first);
    defects.push(`${String(message)}: ${text}`);
  };
  log.error = remember;
  log.fatal = remember;
  return defects;
}

/** Whether an answer tells what only the log should: a stack, a path of ours, a statement of SQL. */
export function leakIn(text: string): string | undefined {
  return /\n\s+at .*:\d+:\d+|node:internal|node_modules|file:\/\/\/(?!etc)|Failed query|select "|insert into "|update "\w+" set|INTERNAL_SERVER_ERROR|Unexpected error\./.exec(
    text,
  )?.[0];
}
