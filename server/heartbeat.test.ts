import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

describe('a heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('comes to every member once in 12 seconds, by one timer, and to those who came apart apart', () => {
    const heartbeat = new Heartbeat();
    const beats = Array.from({ length: 30 }, () => 0);
    let atOnce = 0;
    beats.forEach((_, index) => {
      heartbeat.add({
        beat: () => {
          beats[index]!++;
          atOnce++;
        },
      });
      if (index === 9 || index === 19) vi.advanceTimersByTime(1000);
    });
    expect([heartbeat.size, vi.getTimerCount()]).toEqual([30, 1]);
    for (let second = 0; second < 120; second++) {
      atOnce = 0;
      vi.advanceTimersByTime(1000);
      expect(atOnce).toBeLessThanOrEqual(10);
    }
    expect(beats).toEqual(beats.map(() => 10));
  });

  test('leaves out who has left, also in the middle of a beat, and stops with the last', () => {
    const heartbeat = new Heartbeat();
    const calls: string[] = [];
    const second = { beat: () => void calls.push('second') };
    const first = {
      beat: () => {
        calls.push('first');
        heartbeat.delete(second);
      },
    };
    heartbeat.add(first);
    heartbeat.add(second);
    vi.advanceTimersByTime(12_000);
    expect(calls).toEqual(['first']);
    heartbeat.delete(first);
    expect([heartbeat.size, vi.getTimerCount()]).toEqual([0, 0]);
    heartbeat.add(second);
    vi.advanceTimersByTime(12_000);
    expect(calls).toEqual(['first', 'second']);
  });
});
