import { connect, type Socket } from 'node:net';

/** A request as bytes, without what changes. */
export interface Target {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyOf: () => string;
}

export interface Load {
  readonly requestsPerSecond: number;
  /** Milliseconds, of each request. */
  readonly latencies: readonly number[];
  readonly bytes: number;
}

/**
 * So many connections, each sending the next request when it has the answer, for so long. Speaks just enough HTTP for answers with a
 * content-length, so that the clients take little of the machine. @throws when an answer is no 200 or holds GraphQL errors.
 */
export async function closedLoop(target: Target, inFlight: number, milliseconds: number): Promise<Load> {
  const latencies: number[] = [];
  let bytes = 0;
  const started = performance.now();
  const until = started + milliseconds;
  const client = async () => {
    const connection = await Connection.open(target.url);
    try {
      while (performance.now() < until) {
        const sent = performance.now();
        bytes += await connection.exchange(target);
        latencies.push(performance.now() - sent);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  return { requestsPerSecond: (latencies.length / (performance.now() - started)) * 1000, latencies, bytes };
}

/** One request and its answer, as text: to look at. */
export async function once(target: Target): Promise<string> {
  const connection = await Connection.open(target.url);
  try {
    await connection.exchange(target);
    return connection.body;
  } finally {
    connection.close();
  }
}

class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #received: Buffer = Buffer.alloc(0);
  #wake: (error?: Error) => void = () => {};
  body = '';

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
      this.#wake();
    });
    socket.on('close', () => this.#wake(new Error('the server has closed the connection')));
    socket.on('error', (error) => this.#wake(error));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket, host)));
      socket.once('error', reject);
    });
  }

  /** Returns how many bytes came. */
  async exchange({ path, headers, bodyOf }: Target): Promise<number> {
    const body = bodyOf();
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\ncontent-type: application/json\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    for (;;) {
      await new Promise<void>((resolve, reject) => (this.#wake = (error) => (error ? reject(error) : resolve())));
      const headEnd = this.#received.indexOf('\r\n\r\n');
      if (headEnd < 0) continue;
      const head = this.#received.toString('latin1', 0, headEnd);
      const end = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (Number.isNaN(end)) throw new Error(`an answer without content-length: ${head}`);
      if (this.#received.length < end) continue;
      this.body = this.#received.toString('utf8', headEnd + 4, end);
      this.#received = this.#received.subarray(end);
      if (!head.startsWith('HTTP/1.1 200') || this.body.includes('"errors":'))
        throw new Error(`${path} has answered ${head}\n${this.body.slice(0, 1000)}`);
      return end;
    }
  }

  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}
