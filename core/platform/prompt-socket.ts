import { createConnection, type Socket } from 'node:net';
import type postgres from 'postgres';

interface Place {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false | null;
}

/**
 * Options of a postgres.js client whose sockets send at once. The driver leaves Nagle's algorithm on and writes a statement of more than 1 kB in
 * several pieces, of which TCP then holds the later ones back until PostgreSQL has acknowledged the first: up to 40 ms, with nothing to do for either.
 */
export function promptSockets(): postgres.Options<Record<string, never>> {
  let next = 0;
  // The driver takes what is written to a socket that is still connecting, and watches over the time that it takes.
  const socket = ({ host, port, path }: Place): Socket => {
    if (path) return createConnection({ path });
    const at = next++ % host.length;
    const opened = createConnection({ host: host[at]!, port: port[at]!, noDelay: true });
    // Where it looks for the name of a certificate.
    return Object.assign(opened, { host: host[at], port: port[at] });
  };
  return { socket } as postgres.Options<Record<string, never>>;
}
