import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** What an address allows: one verb on one thing until a time. */
export interface Grant {
  readonly verb: 'PUT' | 'GET';
  /** Upload id for PUT, object key for GET. */
  readonly subject: string;
  /** Unix time in seconds. */
  readonly expires: number;
}

/** Made once of each secret: four fifths of the time of a signature otherwise. */
const keys = new WeakMap<Buffer, KeyObject>();

function signature(secret: Buffer, grant: Grant): string {
  let key = keys.get(secret);
  if (!key) keys.set(secret, (key = createSecretKey(secret)));
  return createHmac('sha256', key).update(`${grant.verb}\n${grant.subject}\n${grant.expires}`).digest('base64url');
}

/** Query string that proves the grant: `expires=...&signature=...`. */
export function signGrant(secret: Buffer, grant: Grant): string {
  return `expires=${grant.expires}&signature=${signature(secret, grant)}`;
}

/** True when the query string was made by {@link signGrant} for this verb and subject and has not expired. */
export function verifyGrant(
  secret: Buffer,
  verb: Grant['verb'],
  subject: string,
  query: URLSearchParams,
  now: number,
): boolean {
  const text = query.get('expires') ?? '';
  const expires = Number(text);
  // One address, one spelling: '01000' is not '1000'.
  if (!Number.isSafeInteger(expires) || String(expires) !== text || expires * 1000 < now) return false;
  const given = Buffer.from(query.get('signature') ?? '');
  const expected = Buffer.from(signature(secret, { verb, subject, expires }));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
