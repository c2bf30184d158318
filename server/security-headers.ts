import type { ServerResponse } from 'node:http';

/** Answers are data: nothing in them may run, load anything or be framed. */
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers of every answer; who answers with a page replaces the policy (graphiql.ts), who gives out foreign bytes narrows it. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', nothing);
  // No browser may guess that a file is a page.
  response.setHeader('x-content-type-options', 'nosniff');
  // Addresses of pictures carry signatures.
  response.setHeader('referrer-policy', 'no-referrer');
}
