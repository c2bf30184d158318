import { z } from 'zod';
import { integer, text } from './environment-values.ts';

/** What membership in a group of the identity provider is worth. */
const groupRightSchema = z.union([
  z.strictObject({ group: z.string().min(1), administrator: z.literal(true) }),
  z.strictObject({
    group: z.string().min(1),
    /** Global id or name. */
    project: z.string().min(1),
    role: z.enum(['VIEWER', 'LABELLER', 'EDITOR', 'OWNER']),
  }),
]);
export type GroupRight = z.infer<typeof groupRightSchema>;

const groupRights = z.preprocess((value, context) => {
  if (value === undefined || value === '') return [];
  try {
    return JSON.parse(value as string) as unknown;
  } catch (error) {
    context.addIssue(`is not JSON: ${(error as Error).message}`);
    return z.NEVER;
  }
}, z.array(groupRightSchema).max(1000));

/** Over plain HTTP only to this machine: whoever can listen in on an issuer, or put answers in its place, is everybody. */
const secureAddress = text(
  z
    .string()
    .refine(
      (value) => isSecure(URL.parse(value)),
      'must be an address like https://login.example.com, without query; http:// only for this machine',
    ),
);

function isSecure(url: URL | null): boolean {
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url));
}

const isThisMachine = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Variables of the login through an identity provider. */
export const oidcEnvironment = {
  EXEMPLAR_OIDC_ISSUER: secureAddress,
  EXEMPLAR_OIDC_CLIENT_ID: text(z.string()),
  EXEMPLAR_OIDC_CLIENT_SECRET: text(z.string()),
  EXEMPLAR_OIDC_REDIRECT_URL: secureAddress,
  EXEMPLAR_OIDC_SCOPES: z.preprocess(
    (value) => value || undefined,
    z
      .string()
      .default('openid profile email')
      .transform((value) => value.split(/[\s,]+/).filter((scope) => scope !== ''))
      .refine((scopes) => scopes.includes('openid'), 'must hold openid'),
  ),
  EXEMPLAR_OIDC_SESSION_MINUTES: integer(480, 1, 43_200),
  EXEMPLAR_OIDC_AUDIENCE: text(z.string()),
  EXEMPLAR_OIDC_TOKEN_SCOPE: z.preprocess(
    (value) => value || undefined,
    z.enum(['READ', 'LABEL', 'TRAIN', 'ADMIN']).default('TRAIN'),
  ),
  EXEMPLAR_OIDC_GROUPS_CLAIM: z.preprocess((value) => value || undefined, z.string().default('groups')),
  EXEMPLAR_OIDC_GROUPS: groupRights,
};

export interface OidcConfig {
  /** As tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach this installation, without a slash at the end; undefined = its public address. */
  readonly redirectUrl: string | undefined;
  readonly scopes: readonly string[];
  readonly sessionMinutes: number;
  /** Of JWTs that the API accepts; undefined = it accepts none. */
  readonly audience: string | undefined;
  /** What such a JWT is worth at most. */
  readonly tokenScope: 'READ' | 'LABEL' | 'TRAIN' | 'ADMIN';
  readonly groupsClaim: string;
  readonly groups: readonly GroupRight[];
}

const shape = z.object(oidcEnvironment);
type OidcEnvironment = z.output<typeof shape>;

const needed = ['EXEMPLAR_OIDC_ISSUER', 'EXEMPLAR_OIDC_CLIENT_ID', 'EXEMPLAR_OIDC_CLIENT_SECRET'] as const;

/** What is wrong with the variables taken together. */
export function oidcProblems(environment: Record<string, string | undefined>): string[] {
  const given = Object.keys(oidcEnvironment).filter((name) => environment[name]);
  const missing = needed.filter((name) => !environment[name]);
  if (given.length === 0) return [];
  if (missing.length > 0) return [`${missing.join(', ')}: must be set together with ${given.join(', ')}`];
  const address = environment['EXEMPLAR_OIDC_REDIRECT_URL'] || environment['EXEMPLAR_PUBLIC_URL'];
  // A session travels in a cookie that browsers send over HTTPS only.
  if (address && !isSecure(URL.parse(address)))
    return ['EXEMPLAR_PUBLIC_URL: must start with https:// where people log in; http:// only for this machine'];
  return [];
}

export function readOidc(value: OidcEnvironment): OidcConfig | undefined {
  if (value.EXEMPLAR_OIDC_ISSUER === undefined) return undefined;
  return {
    issuer: value.EXEMPLAR_OIDC_ISSUER,
    clientId: value.EXEMPLAR_OIDC_CLIENT_ID!,
    clientSecret: value.EXEMPLAR_OIDC_CLIENT_SECRET!,
    redirectUrl: value.EXEMPLAR_OIDC_REDIRECT_URL?.replace(/\/+$/, ''),
    scopes: value.EXEMPLAR_OIDC_SCOPES,
    sessionMinutes: value.EXEMPLAR_OIDC_SESSION_MINUTES,
    audience: value.EXEMPLAR_OIDC_AUDIENCE,
    tokenScope: value.EXEMPLAR_OIDC_TOKEN_SCOPE,
    groupsClaim: value.EXEMPLAR_OIDC_GROUPS_CLAIM,
    groups: value.EXEMPLAR_OIDC_GROUPS,
  };
}
