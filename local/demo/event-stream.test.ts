import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readServerSentEvents, subscribe, type ServerSentEvent } from './event-stream.ts';
import { ServiceError } from './graphql-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A GraphQL server of one subscription; `answer` is called with the `after` of each connection. */
async function serve(answer: (after: number, response: ServerResponse) => void): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      answer((JSON.parse(body) as { variables: { after: number } }).variables.after, response);
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const next = (sequence: number) => `event: next\ndata: ${JSON.stringify({ data: { ticks: { sequence } } })}\n\n`;

async function watch(url: string, last: number): Promise<{ sequences: number[]; breaks: number }> {
  const endpoint = { url, token: 'token', signal: new AbortController().signal };
  const sequences: number[] = [];
  let breaks = 0;
  const isLast = (value: { sequence: number }) => value.sequence === last;
  for await (const value of subscribe<{ sequence: number }>(endpoint, 'document', {}, isLast, () => breaks++))
    sequences.push(value.sequence);
  return { sequences, breaks };
}

describe('the stream of events', () => {
  it('should read messages however the bytes are cut', async () => {
    const text = ':\n\nevent: next\ndata: {"a":1}\n\n: ping\n\nevent: complete\n\n';
    const messages: ServerSentEvent[] = [];
    async function* letters() {
      yield* text;
    }
    for await (const message of readServerSentEvents(letters())) messages.push(message);
    expect(messages).toEqual([
      { event: 'next', data: '{"a":1}' },
      { event: 'complete', data: '' },
    ]);
  });

  it('should go on after the last sequence number when the connection breaks', async () => {
    const url = await serve((after, response) => {
      response.write(next(after + 1) + next(after + 2));
      setTimeout(() => response.destroy(), 20);
    });
    expect(await watch(url, 4)).toEqual({ sequences: [1, 2, 3, 4], breaks: 1 });
  });

  it('should pass over what it has already and go on when the server ends the stream early', async () => {
    const url = await serve((after, response) => {
      response.end(`${next(1)}${next(after + 1)}event: complete\n\n`);
    });
    expect(await watch(url, 2)).toEqual({ sequences: [1, 2], breaks: 1 });
  });

  it('should throw what the service says', async () => {
    const url = await serve((_after, response) => {
      response.end(`event: next\ndata: ${JSON.stringify({ errors: [{ message: 'No such training.' }] })}\n\n`);
    });
    await expect(watch(url, 1)).rejects.toThrow(new ServiceError('No such training.'));
  });
});
