import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A network between client and server that breaks connections, when told to or after so many bytes. */
export class FlakyProxy {
  readonly url: string;
  /** Connections that were made so far. */
  connections = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #frozen = new WeakSet<Socket>();
  #budgets: readonly number[] = [];

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => this.#pass(socket, targetPort));
  }

  static async open(target: string): Promise<FlakyProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FlakyProxy(server, Number(new URL(target).port));
  }

  /** From now on a connection breaks when the server has sent so many bytes over it; each takes the next number, the last one is without limit. */
  breakAfter(budgets: readonly number[]): void {
    this.#budgets = budgets;
  }

  /** Breaks every connection that is open now. */
  breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Every connection that is open now stays open and passes nothing any more, as when a cable is pulled. */
  freezeAll(): void {
    for (const socket of this.#sockets) this.#frozen.add(socket);
  }

  get open(): number {
    return this.#sockets.size;
  }

  /** Until nobody is connected. */
  async idle(): Promise<void> {
    while (this.#sockets.size > 0) await once([...this.#sockets][0]!, 'close');
  }

  async close(): Promise<void> {
    this.breakAll();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(client: Socket, targetPort: number): void {
    this.connections++;
    const [budget = Infinity, ...rest] = this.#budgets;
    this.#budgets = rest;
    let left = budget;
    const server = connect(targetPort, '127.0.0.1');
    this.#sockets.add(client);
    const end = () => {
      this.#sockets.delete(client);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.on('data', (chunk) => {
      if (!this.#frozen.has(client)) server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (this.#frozen.has(client)) return;
      const passed = chunk.subarray(0, left);
      left -= passed.length;
      client.write(passed, () => {
        if (left <= 0) end();
      });
    });
  }
}
