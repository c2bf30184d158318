import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

const { signal } = new AbortController();

test('so many have a place, the others in the order in which they came', async () => {
  const slots = new Slots(2);
  const [first, second] = [await slots.take(signal), await slots.take(signal)];
  const order: string[] = [];
  const third = slots.take(signal).then((release) => (order.push('third'), release));
  const fourth = slots.take(signal).then((release) => (order.push('fourth'), release));
  await new Promise(setImmediate);
  expect(order).toEqual([]);
  first();
  const releaseThird = await third;
  await new Promise(setImmediate);
  expect(order).toEqual(['third']);
  second();
  releaseThird();
  (await fourth)();
  for (const release of [await slots.take(signal), await slots.take(signal)]) release();
});

test('who gives up takes no place', async () => {
  const slots = new Slots(1);
  const release = await slots.take(signal);
  const stop = new AbortController();
  const left = slots.take(stop.signal);
  const next = slots.take(signal);
  stop.abort(new Error('enough'));
  await expect(left).rejects.toThrow('enough');
  await expect(slots.take(stop.signal)).rejects.toThrow('enough');
  release();
  (await next)();
  (await slots.take(signal))();
});
