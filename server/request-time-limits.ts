import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { sendJson } from './send-json.ts';

/** What an upload must bring on average to be taken for one that moves. */
const leastUploadBytesPerSecond = 1024;

/** Gives up on clients that send headers too slowly. Bodies are limited by `limitBodyTime`, since uploads may take hours. */
export function limitHeaderTime(server: Server, seconds: number): void {
  server.headersTimeout = seconds * 1000;
  server.requestTimeout = 0;
}

/** How often a server has to look for connections whose time is over. */
export const headerCheckMilliseconds = (seconds: number): number => Math.min(5000, seconds * 500);

/**
 * Gives up on a client whose body does not come: after so many seconds, or, for an upload, when as many pass in which it hardly moves.
 * It costs one timer while a body is under way, and nothing for requests without one.
 */
export function limitBodyTime(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
  const { socket } = request;
  const isUpload = request.method === 'PUT' || /^multipart\//i.test(request.headers['content-type'] ?? '');
  let received = socket.bytesRead;
  const timer = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(timer);
    // What waits to be read by us is not the client's delay.
    const weAreSlow = request.readableLength >= request.readableHighWaterMark;
    const moves = socket.bytesRead - received >= leastUploadBytesPerSecond * seconds;
    received = socket.bytesRead;
    if (isUpload && !response.writableEnded && (weAreSlow || moves)) return;
    clearInterval(timer);
    giveUp(request, response, seconds);
  }, seconds * 1000).unref();
  // With the end of the body, not of the answer: who was answered before may not go on for ever, and who is answered for days needs no timer.
  request.once('close', () => clearInterval(timer));
}

function giveUp(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  const message = `The body of the request did not come within ${seconds} s.`;
  // With an error: whoever reads the body waits for one, which the end of an answered connection alone does not give.
  const hangUp = () => {
    request.destroy(new Error(message));
    request.socket.destroy();
  };
  if (response.headersSent) return hangUp();
  response.setHeader('connection', 'close');
  // Not before the answer is out: it would be lost with the connection.
  response.once('finish', hangUp);
  sendJson(response, 408, { code: 'REQUEST_TIMEOUT', message, errors: [{ message }] });
}
