import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const checkMilliseconds = 200;

export interface RoundRobinProxy {
  readonly url: string;
  /** Requests that each server was given. */
  readonly given: readonly number[];
  /** Which servers it believes to be ready. */
  readonly isReady: readonly boolean[];
  close(): Promise<void>;
}

/**
 * Gives requests to servers in turn, to those only that answer `/ready`, as Caddy would with our configuration. Where no connection can be made nothing was
 * sent, and the next server is tried; whatever fails later is the client's to know: 502.
 */
export async function startRoundRobinProxy(urls: readonly string[]): Promise<RoundRobinProxy> {
  const isReady = urls.map(() => true);
  const given = urls.map(() => 0);
  const closing = new AbortController();
  let turn = 0;
  const check = async (index: number) => {
    while (!closing.signal.aborted) {
      const answered = fetch(`${urls[index]}/ready`, { signal: AbortSignal.timeout(2000) });
      isReady[index] = await answered.then(
        ({ ok }) => ok,
        () => false,
      );
      await setTimeout(checkMilliseconds, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const checks = urls.map((_, index) => check(index));

  const server = createServer((incoming, outgoing) => {
    const ready = [...urls.keys()].filter((index) => isReady[index]);
    const inTurn = ready.map((_, place) => ready[(place + turn) % ready.length]!);
    turn++;
    void forward(incoming, outgoing, inTurn);
  });
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse, candidates: readonly number[]): void => {
    const [index, ...others] = candidates;
    if (index === undefined) return void outgoing.writeHead(502).end();
    const sent = request(`${urls[index]}${incoming.url}`, { method: incoming.method!, headers: incoming.headers });
    sent.once('socket', (socket) => {
      const go = () => {
        given[index]!++;
        incoming.pipe(sent);
      };
      if (socket.connecting) socket.once('connect', go);
      else go();
    });
    sent.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') forward(incoming, outgoing, others);
      else if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end(String(error));
    });
    outgoing.on('close', () => sent.destroy());
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    isReady,
    close: async () => {
      closing.abort();
      await Promise.all(checks);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
