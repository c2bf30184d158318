import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** 1 internal, 2 server, 5 consumer, as OTLP numbers them. */
  readonly kind: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** `service.name` of whoever sent it. */
  readonly service: unknown;
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const attributesOf = (list: readonly OtlpAttribute[]) =>
  Object.fromEntries(
    list.map(({ key, value: { intValue, ...rest } }) => [
      key,
      intValue === undefined ? Object.values(rest)[0] : Number(intValue),
    ]),
  );

/** A collector of traces as far as OTLP/HTTP with JSON goes: POST /v1/traces. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** All that was sent, as it came. */
  readonly bodies: string[] = [];
  readonly #server = createServer(async (request, response) => {
    const body = await text(request);
    const isRight =
      request.method === 'POST' &&
      request.url === '/v1/traces' &&
      request.headers['content-type'] === 'application/json';
    if (isRight) this.#take(body);
    response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' });
    response.end('{}');
  });

  /** Returns the address for OTEL_EXPORTER_OTLP_ENDPOINT. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #take(body: string): void {
    this.bodies.push(body);
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans)
      for (const { spans } of scopeSpans)
        for (const {
          traceId,
          spanId,
          parentSpanId,
          name,
          kind,
          startTimeUnixNano,
          endTimeUnixNano,
          attributes,
        } of spans)
          this.spans.push({
            traceId,
            spanId,
            parentSpanId,
            name,
            kind,
            start: Number(startTimeUnixNano) / 1e6,
            end: Number(endTimeUnixNano) / 1e6,
            attributes: attributesOf(attributes),
            service: attributesOf(resource.attributes)['service.name'],
          });
  }
}
