/** A port of 127.0.0.1 that nobody listens on. */
export { freePort } from '../local/embedded-postgres.ts';
