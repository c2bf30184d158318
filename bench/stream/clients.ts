import { request, type ClientRequest } from 'node:http';
import WebSocket from 'ws';
import type { ClientCommand, ClientMessage } from './messages.ts';

/*
 * The watchers: as little work for each event as possible, since they share the machine with the server. An event is counted by the mark
 * of its message, not parsed; latency is taken from the time that the event carries.
 */
type Connect = Extract<ClientCommand, { type: 'connect' }>;

const tell = (message: ClientMessage) => process.send!(message);
let closers: (() => void)[] = [];
let counts = new Int32Array(0);
let latencies: number[] = [];
let expected = 0;
let complete = 0;

const occurredAt = /"occurredAt":"([^"]+)"/;

function receive(watcher: number, text: string, events: number): void {
  // One of them tells enough of a burst, all of them of the calm phase; the clock is that of this machine.
  const match = occurredAt.exec(text);
  if (match) latencies.push(Date.now() - Date.parse(match[1]!));
  counts[watcher]! += events;
  if (expected > 0 && counts[watcher] === expected && ++complete === counts.length) finish();
}

function finish(): void {
  tell({ type: 'received', at: Date.now(), latencies });
  counts.fill(0);
  latencies = [];
  expected = complete = 0;
}

function fail(reason: string): never {
  process.stderr.write(`a watcher failed: ${reason}\n`);
  process.exit(1);
}

async function openWebSocket(watcher: number, { url, token, query, after, trainingIds }: Connect): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  closers.push(() => socket.terminate());
  const id = trainingIds[watcher % trainingIds.length];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })));
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.includes('"type":"next"')) receive(watcher, text, 1);
      else if (text.includes('"connection_ack"')) {
        const payload = { query, variables: { id, after } };
        socket.send(JSON.stringify({ id: `watcher-${watcher}`, type: 'subscribe', payload }));
        resolve();
      } else if (text.includes('"type":"error"')) fail(text);
    });
  });
}

async function openServerSentEvents(
  watcher: number,
  { url, token, query, after, trainingIds }: Connect,
): Promise<void> {
  const id = trainingIds[watcher % trainingIds.length];
  const body = JSON.stringify({ query, variables: { id, after } });
  await new Promise<void>((resolve, reject) => {
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent: ClientRequest = request(`${url}/graphql`, { method: 'POST', headers, agent: false }, (response) => {
      resolve();
      // The mark may be cut by a chunk's end.
      let rest = '';
      response.setEncoding('latin1').on('data', (chunk: string) => {
        const text = rest + chunk;
        const parts = text.split('event: next\n');
        const last = parts.at(-1)!;
        rest = parts.length > 1 ? last.slice(-12) : text.slice(-12);
        if (parts.length > 1) receive(watcher, text, parts.length - 1);
      });
      response.on('error', () => {});
    });
    sent.on('error', reject);
    closers.push(() => sent.destroy());
    sent.end(body);
  });
}

async function connectAll(command: Connect): Promise<void> {
  counts = new Int32Array(command.count);
  const open = command.transport === 'websocket' ? openWebSocket : openServerSentEvents;
  let next = 0;
  const work = async () => {
    while (next < command.count) await open(next++, command);
  };
  await Promise.all(Array.from({ length: 16 }, work));
  tell({ type: 'connected' });
}

process.on('message', (command: ClientCommand) => {
  switch (command.type) {
    case 'connect':
      connectAll(command).catch((error: unknown) => fail(String(error)));
      break;
    case 'expect':
      expected = command.events;
      complete = counts.filter((count) => count >= expected).length;
      if (complete === counts.length) finish();
      break;
    case 'disconnect':
      for (const close of closers) close();
      closers = [];
      tell({ type: 'disconnected' });
  }
});
process.on('disconnect', () => process.exit(0));
