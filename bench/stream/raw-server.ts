import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';

/** Bytes that may wait for one reader before the next event is sent. */
const maximumWaiting = 256 * 1024;

/** The limit: sockets that are sent ready bytes, with just enough of the protocol for the same clients. */
export async function startRawServer(): Promise<{
  url: string;
  broadcast: (topic: string, payloads: readonly string[]) => Promise<void>;
}> {
  const sockets = new Map<string, { socket: WebSocket; head: string }[]>();
  const responses = new Map<string, ServerResponse[]>();
  const of = <T>(map: Map<string, T[]>, topic: string): T[] => {
    if (!map.has(topic)) map.set(topic, []);
    return map.get(topic)!;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(':\n\n');
      const { id } = (JSON.parse(body) as { variables: { id: string } }).variables;
      of(responses, id).push(response);
      response.on('close', () => of(responses, id).splice(of(responses, id).indexOf(response), 1));
    });
  });
  new WebSocketServer({ server, path: '/graphql' }).on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as {
        type: string;
        id: string;
        payload: { variables: { id: string } };
      };
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type !== 'subscribe') return;
      const mine = of(sockets, message.payload.variables.id);
      const entry = { socket, head: `{"id":${JSON.stringify(message.id)},"type":"next","payload":` };
      mine.push(entry);
      socket.on('close', () => mine.splice(mine.indexOf(entry), 1));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broadcast: async (topic, payloads) => {
      const mySockets = of(sockets, topic);
      const myResponses = of(responses, topic);
      for (const payload of payloads) {
        for (const { socket, head } of mySockets) socket.send(`${head}${payload}}`);
        const event = Buffer.from(`event: next\ndata: ${payload}\n\n`);
        for (const response of myResponses) response.write(event);
        do await setImmediate();
        while (
          mySockets.some(({ socket }) => socket.bufferedAmount > maximumWaiting) ||
          myResponses.some((response) => response.writableLength > maximumWaiting)
        );
      }
    },
  };
}
