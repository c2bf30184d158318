import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exposedGarbageCollector } from '#core/platform/objects/object-store.contract.ts';
import { schema } from '#schema/index.ts';
import { World } from '#test/world.ts';
import type { Draw } from './draw.ts';
import { ending, Findings } from './findings.ts';
import { foreignMark, FuzzedPeople } from './fuzzed-people.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { wrongAnswer, wrongResult } from './graphql-answer.ts';
import { DocumentGenerator, type Operation } from './graphql-document.ts';
import { graphqlRequest } from './graphql-request.ts';
import { mutateDocument } from './mutate-document.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { promisesMore, requestBytes, sendRaw } from './raw-http.ts';
import { leakIn, watchDefects } from './watched-log.ts';
import { hostileFrames, talkWebSocket } from './websocket-frames.ts';

const collect = exposedGarbageCollector();

let world: World;
let people: FuzzedPeople;
let defects: string[];
beforeAll(async () => {
  world = await World.open({ environment: { EXEMPLAR_RATE_REQUESTS: '0', EXEMPLAR_RATE_COST: '0' } });
  people = await FuzzedPeople.open(world);
  defects = watchDefects(world.platform.log);
});
afterAll(() => world.close());

function hostileOperation(draw: Draw, whose: 'own' | 'any' = 'any'): Operation {
  const operation = new DocumentGenerator(schema, draw, (typename) =>
    people.ids.pick(typename, draw, whose),
  ).operation();
  return draw.chance(0.15) ? { ...operation, query: mutateDocument(operation.query, draw) } : operation;
}

/** What goes on beside the cases, and what is left when they are done. */
async function watching(findings: Findings, cases: () => Promise<void>): Promise<string> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await cases();
  delay.disable();
  collect();
  const grown = process.memoryUsage().heapUsed - before;
  expect(findings.shown).toEqual([]);
  expect(await people.readForeign()).toBe(people.foreign);
  // Yoga keeps the last thousand documents that it parsed.
  expect(grown).toBeLessThan(100e6);
  return `event loop stood still for ${Math.round(delay.max / 1e6)} ms at most, with this test in the same process; heap grew by ${(grown / 1e6).toFixed(1)} MB`;
}

async function afterCase(findings: Findings, index: number, about: string, text: string): Promise<void> {
  if (text.includes(foreignMark)) findings.add(index, 'shows what belongs to others', about, text);
  for (const defect of defects.splice(0)) findings.add(index, 'a defect', defect, about);
  if (index % 25 === 24) await people.restore();
}

test(
  'whatever is sent to /graphql over HTTP is answered as GraphQL, and tells nothing of others',
  { timeout: fuzzMilliseconds },
  async () => {
    const findings = new Findings();
    const statuses: Record<string, number> = {};
    let ran = 0;
    const summary = await watching(findings, async () => {
      for (const { index, draw } of fuzzCases(6, 700)) {
        // What only administrators reach; they may see everything.
        const isAdministrator = draw.chance(0.2);
        const { token } = isAdministrator ? people.administrator : people.client;
        const operation = hostileOperation(draw, isAdministrator ? 'own' : 'any');
        const request = graphqlRequest(operation, draw, token!);
        const whole = requestBytes(request);
        // Sometimes not even HTTP.
        const isBroken = draw.chance(0.04);
        const bytes = isBroken ? mutateBytes(whole, draw, Buffer.from('GET / HTTP/1.1\r\n\r\n')) : whole;
        const about = `${request.method} ${request.path.slice(0, 300)}\n${request.body.toString().slice(0, 600)}`;
        try {
          const answer = await ending(
            sendRaw(world.url, bytes, {
              breakOff: isBroken || promisesMore(request),
              // A subscription that runs has no end: its first event will do.
              isEnough: (received) => operation.type === 'subscription' && /\n\n.*\n\n/s.test(received),
            }),
          );
          const wrong = wrongAnswer(answer);
          if (wrong)
            findings.add(index, wrong, about, JSON.stringify(request.headers), answer.head, answer.body.toString());
          const text = answer.body.toString();
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
          if (/"data":\{/.test(text)) ran++;
          if (!isAdministrator) people.ids.gather(text);
          await afterCase(findings, index, about, isAdministrator ? '' : text);
        } catch (error) {
          findings.add(index, 'no answer', (error as Error).stack, about);
        }
      }
    });
    console.log(`GraphQL over HTTP: ${JSON.stringify(statuses)}, ${ran} ran; ${summary}`);
    expect((await fetch(`${world.url}/ready`)).status).toBe(200);
    if (statuses['200']! > 100) expect(ran).toBeGreaterThan(statuses['200']! / 5);
  },
);

test(
  'whatever frames come over WebSocket, the server goes on and closes with a code that blames the client',
  { timeout: fuzzMilliseconds },
  async () => {
    const findings = new Findings();
    const codes: Record<string, number> = {};
    const summary = await watching(findings, async () => {
      for (const { index, draw } of fuzzCases(7, 250)) {
        const operations = draw.some(4, () => hostileOperation(draw));
        const about = operations
          .map(({ query }) => query)
          .join('\n')
          .slice(0, 600);
        try {
          const { status, messages, closeCode } = await ending(
            talkWebSocket(world.url, hostileFrames(operations, people.client.token!, draw)),
          );
          codes[String(closeCode)] = (codes[String(closeCode)] ?? 0) + 1;
          if (status !== 101) findings.add(index, `the handshake was answered ${status}`);
          // 1011 and 4500: an error of the server.
          if (closeCode === 1011 || closeCode === 4500) findings.add(index, `closed with ${closeCode}`, about);
          for (const message of messages) {
            const { type, payload } = JSON.parse(message);
            const wrong =
              type === 'next' ? wrongResult(payload) : type === 'error' ? wrongResult({ errors: payload }) : undefined;
            const leak = leakIn(message);
            if (wrong || leak) findings.add(index, wrong ?? `it tells ${leak}`, about, message);
          }
          people.ids.gather(messages.join('\n'));
          await afterCase(findings, index, about, messages.join('\n'));
        } catch (error) {
          findings.add(index, 'no end', (error as Error).stack, about);
        }
      }
    });
    console.log(`GraphQL over WebSocket: closed with ${JSON.stringify(codes)}; ${summary}`);
    expect((await people.client.ask('{ viewer { user { id } } }')).viewer.user.id).toMatch(/^User_/);
  },
);
