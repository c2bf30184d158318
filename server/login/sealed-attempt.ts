import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { LoginAttempt } from '#core/identity/identity-provider.ts';

/** For as long as somebody may take to log in at the identity provider. */
export const attemptSeconds = 600;

const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** The browser keeps its attempt itself, closed and sealed, so that any server can go on with it. */
export interface OpenAttempt extends LoginAttempt {
  readonly returnTo: string;
}

const keyOf = (signingSecret: Buffer) => new Uint8Array(hkdfSync('sha256', signingSecret, '', 'login attempt', 32));

export const sealAttempt = (signingSecret: Buffer, attempt: OpenAttempt): Promise<string> =>
  new EncryptJWT({ ...attempt })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(`${attemptSeconds}s`)
    .encrypt(keyOf(signingSecret));

/** Undefined when it was not sealed here, or too long ago. */
export async function openAttempt(signingSecret: Buffer, sealed: string): Promise<OpenAttempt | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(signingSecret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['exp'],
    });
    return attemptSchema.safeParse(payload).data;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
