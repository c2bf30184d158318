import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

export interface Queries {
  /** Of the server. */
  readonly url: string;
  readonly token: string;
  readonly seconds: number;
}

export interface Calls extends Queries {
  /** Where the pictures go, one a call. */
  readonly url: string;
  readonly pictures: readonly Buffer[];
  readonly inFlight: number;
}

/** So many calls at a time, each as soon as one before it is answered. @throws when one is not answered with 200. */
export async function sendCalls({ url, token, pictures, inFlight, seconds }: Calls): Promise<{
  perSecond: number;
  latencies: Latencies;
}> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const took: number[] = [];
  const start = performance.now();
  const client = async (first: number): Promise<void> => {
    for (let number = first; performance.now() - start < seconds * 1000; number += inFlight) {
      const sent = performance.now();
      await post(agent, url, token, 'image/jpeg', pictures[number % pictures.length]!);
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, index) => client(index)));
  const perSecond = (took.length * 1000) / (performance.now() - start);
  agent.destroy();
  return { perSecond, latencies: latenciesOf(took) };
}

const queryMilliseconds = 25;

/** A query of the API 40 times a second, whether the one before it is answered or not. Milliseconds of each. */
export async function askAtAPace({ url, token, seconds }: Queries): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const body = Buffer.from(
    JSON.stringify({ query: '{ projects { nodes { id name imageCount labels { id name } } } }' }),
  );
  const took: Promise<number>[] = [];
  const start = performance.now();
  for (let number = 0; number * queryMilliseconds < seconds * 1000; number++) {
    await setTimeout(Math.max(0, start + number * queryMilliseconds - performance.now()));
    const sent = performance.now();
    took.push(post(agent, `${url}/graphql`, token, 'application/json', body).then(() => performance.now() - sent));
  }
  const all = await Promise.all(took);
  agent.destroy();
  return all;
}

function post(agent: Agent, url: string, token: string, type: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type, 'content-length': body.byteLength },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
        );
        response.on('error', reject);
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

export function latenciesOf(took: readonly number[]): Latencies {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { p50: at(0.5), p99: at(0.99) };
}
