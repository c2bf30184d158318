import type { RawAnswer } from './raw-http.ts';
import { leakIn } from './watched-log.ts';

const headerOf = (head: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';

/** What is wrong with a response of GraphQL (spec 7.1, "Response Format"); undefined = nothing. */
export function wrongResult(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'is no object';
  const { data, errors, ...rest } = value as Record<string, unknown>;
  if (data === undefined && errors === undefined) return 'has neither data nor errors';
  if (data !== undefined && (typeof data !== 'object' || Array.isArray(data))) return 'has data that is no object';
  if (Object.keys(rest).some((key) => key !== 'extensions')) return `has ${Object.keys(rest).join(', ')}`;
  if (errors === undefined) return undefined;
  if (!Array.isArray(errors) || errors.length === 0) return 'has errors that are no list';
  for (const error of errors as Record<string, unknown>[]) {
    if (typeof error?.['message'] !== 'string' || error['message'] === '') return 'has an error without a message';
    for (const key of Object.keys(error))
      if (!['message', 'locations', 'path', 'extensions'].includes(key)) return `has an error with ${key}`;
  }
  return undefined;
}

/** What is wrong with an answer to something that was sent to `/graphql`. */
export function wrongAnswer({ status, head, body }: RawAnswer): string | undefined {
  const text = body.toString();
  if (status >= 500) return `status ${status}`;
  const type = headerOf(head, 'content-type');
  // GraphiQL, which is the same page for everybody.
  if (text === '' || status === 0 || type.startsWith('text/html')) return undefined;
  const leak = leakIn(text);
  if (leak) return `it tells ${JSON.stringify(leak)}`;
  try {
    if (type.startsWith('text/event-stream')) return wrongStream(text);
    if (/^application\/(graphql-response\+)?json/.test(type)) {
      const value: unknown = JSON.parse(text);
      // What is refused before GraphQL: a target that is no path and the like.
      if (status >= 400 && typeof (value as { code?: unknown }).code === 'string') return undefined;
      return wrongResult(value);
    }
    if (type.startsWith('multipart/mixed'))
      return text.includes('"data"') || text.includes('"errors"') ? undefined : 'a multipart answer without a result';
    return status >= 400 ? undefined : `content type ${type}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The stream may have been broken off in its last event. */
function wrongStream(text: string): string | undefined {
  for (const event of text.split('\n\n').slice(0, -1)) {
    const data = /^event: next\ndata: ([^\n]*)$/m.exec(event)?.[1];
    if (data !== undefined) {
      const wrong = wrongResult(JSON.parse(data));
      if (wrong) return wrong;
    } else if (!/^(:|event: complete)/.test(event)) return `an event ${JSON.stringify(event.slice(0, 200))}`;
  }
  return undefined;
}
