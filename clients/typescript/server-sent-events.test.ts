import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TrainingWriter } from '../../test/training-writer.ts';
import { World } from '../../test/world.ts';
import { createExemplar } from './index.ts';

/* What proxies do to a stream that is well-formed all the same: other chunks, other line ends, an end in good order before it is complete. */
describe('server-sent events', () => {
  let world: World;
  let id: string;
  beforeAll(async () => {
    world = await World.open();
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    ({ id } = await world.startTraining(project.id));
    const writer = await TrainingWriter.claim(world.platform, id);
    await writer.facts([
      { type: 'LOG_LINE', level: 'INFO', message: 'größer als ein Byte: 猫\r\nund noch eine Zeile' },
    ]);
    await writer.lines(30);
    await writer.end();
  });
  afterAll(() => world.close());

  const all = Array.from({ length: 34 }, (_, index) => index + 1);

  /** Fetches through a proxy that changes the bytes of an answer. */
  const through =
    (proxy: () => TransformStream<Uint8Array, Uint8Array>): typeof fetch =>
    async (input, init) => {
      const { status, headers, body } = await fetch(input, init);
      return new Response(body!.pipeThrough(proxy()), { status, headers });
    };

  const sequences = async (proxy: () => TransformStream<Uint8Array, Uint8Array>): Promise<number[]> => {
    const exemplar = createExemplar({
      url: world.url,
      token: world.admin.token!,
      transport: 'sse',
      fetch: through(proxy),
      retry: { minimumDelay: 1, maximumDelay: 5 },
    });
    const seen = [];
    for await (const event of exemplar.watchTraining(id)) {
      seen.push(event.sequence);
      if (event.sequence === 3)
        expect(event).toMatchObject({ message: 'größer als ein Byte: 猫\r\nund noch eine Zeile' });
    }
    return seen;
  };

  const eachByte = (change: (byte: number) => readonly number[]) => () =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (const byte of chunk) for (const one of change(byte)) controller.enqueue(Uint8Array.of(one));
      },
    });

  test('arrive byte by byte', async () => {
    expect(await sequences(eachByte((byte) => [byte]))).toEqual(all);
  });

  test.each([
    ['CR LF', [13, 10]],
    ['CR', [13]],
  ])('may end their lines with %s', async (_name, end) => {
    expect(await sequences(eachByte((byte) => (byte === 10 ? end : [byte])))).toEqual(all);
  });

  test('go on after an answer that ended without being complete', async () => {
    let answers = 0;
    const seen = await sequences(() => {
      let left = 700 * ++answers;
      return new TransformStream({
        transform(chunk, controller) {
          controller.enqueue(chunk.subarray(0, left));
          left -= chunk.length;
          if (left <= 0) controller.terminate();
        },
      });
    });
    expect(seen).toEqual(all);
    expect(answers).toBeGreaterThan(2);
  });
});
