import { gzipSync } from 'node:zlib';
import type { Draw } from './draw.ts';
import type { Operation } from './graphql-document.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { deepened, mutateValue, wildJson } from './mutate-json.ts';
import { lengthHeader, type RawRequest } from './raw-http.ts';

const json: readonly (readonly [string, string])[] = [['content-type', 'application/json']];

const accepts = [
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'text/html',
  'multipart/mixed',
  'text/event-stream',
  'application/json;q=0, */*',
  'x',
  '',
];

/** How an operation comes over HTTP: as it should for the most part, else as a GET, a form, a batch, packed, or broken. */
export function graphqlRequest(operation: Operation, draw: Draw, token: string): RawRequest {
  const params: Record<string, unknown> = { query: operation.query, variables: operation.variables };
  if (draw.chance(0.05)) params['operationName'] = draw.pick(['Fuzzed', 'None', '', null, 5, {}]);
  if (draw.chance(0.05)) params['extensions'] = wildJson(draw);
  const headers = [
    [
      'authorization',
      draw.chance(0.97)
        ? `Bearer ${token}`
        : draw.pick(['Bearer exm_x', 'Basic eA==', `Bearer ${'x'.repeat(5000)}`, '']),
    ],
    [
      'accept',
      operation.type === 'subscription' && draw.chance(0.7)
        ? 'text/event-stream'
        : draw.chance(0.8)
          ? 'application/json'
          : draw.pick(accepts),
    ],
  ] as const;
  const post = (body: Buffer, more: readonly (readonly [string, string])[]): RawRequest => ({
    method: 'POST',
    path: '/graphql',
    headers: [...headers, ...more],
    body,
  });
  const text = Buffer.from(deepened(JSON.stringify(params)));
  const right = [['content-length', String(text.length)]] as const;
  switch (draw.integer(24)) {
    case 0: {
      const query = new URLSearchParams({
        query: operation.query.toWellFormed(),
        variables: JSON.stringify(operation.variables),
      });
      return {
        method: draw.pick(['GET', 'GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'TRACE']),
        path: `/graphql?${query}`.slice(0, 12_000),
        headers,
        body: Buffer.alloc(0),
      };
    }
    case 1: {
      const batch = Buffer.from(JSON.stringify(draw.some(5, () => params)));
      return post(batch, [...json, ['content-length', String(batch.length)]]);
    }
    case 2: {
      const body = mutateBytes(text, draw, Buffer.from('{"query":"{__typename}"}'));
      return post(body, [...json, ['content-length', String(body.length)]]);
    }
    case 3: {
      const body = Buffer.from(deepened(JSON.stringify(mutateValue(params, draw))));
      return post(body, [...json, ['content-length', String(body.length)]]);
    }
    case 4: {
      const form = Buffer.from(
        `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify(params)}\r\n--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{"0":["variables.v0"]}\r\n--x\r\ncontent-disposition: form-data; name="0"; filename="a"\r\n\r\nx\r\n--x--\r\n`,
      );
      return post(form, [
        ['content-type', 'multipart/form-data; boundary=x'],
        ['content-length', String(form.length)],
      ]);
    }
    case 5: {
      const form = Buffer.from(
        new URLSearchParams({
          query: operation.query.toWellFormed(),
          variables: JSON.stringify(operation.variables),
        }).toString(),
      );
      return post(form, [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['content-length', String(form.length)],
      ]);
    }
    case 6:
      return post(text, [
        [
          'content-type',
          draw.pick([
            'application/graphql',
            'text/plain',
            'application/json; charset=utf-16',
            'APPLICATION/JSON',
            'application/json, text/plain',
            '',
            'x/',
          ]),
        ],
        ...right,
      ]);
    case 7: {
      const packed = gzipSync(text);
      return post(packed, [
        ...json,
        ['content-encoding', draw.pick(['gzip', 'br', 'deflate', 'x'])],
        ['content-length', String(packed.length)],
      ]);
    }
    case 8:
      return post(text, [...json, ...lengthHeader(text, draw)]);
    case 9:
      return post(text, [
        ...json,
        ...right,
        [
          draw.pick([
            'x-forwarded-for',
            'origin',
            'cookie',
            'expect',
            'upgrade',
            'te',
            'range',
            'if-none-match',
            'accept-encoding',
            'x-request-id',
            'traceparent',
            'last-event-id',
          ]),
          draw.pick([
            '',
            '*',
            '\xff',
            '100-continue',
            'websocket',
            'a'.repeat(9000),
            'null',
            '00-0-0-0',
            'https://evil.example',
          ]),
        ],
      ]);
    default:
      return post(text, [...json, ...right]);
  }
}
