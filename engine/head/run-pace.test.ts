import { describe, expect, it } from 'vitest';
import { RunPace } from './run-pace.ts';

describe('RunPace', () => {
  it('begins with one step, then takes as many as fit', async () => {
    const pace = new RunPace(1000);
    expect(pace.stepsOfRun).toBe(1);
    expect(await pace.measure(1, () => Promise.resolve('result'))).toBe('result');
    // The step took no time that a clock shows.
    expect(pace.stepsOfRun).toBeGreaterThan(1);
    expect(Number.isSafeInteger(pace.stepsOfRun)).toBe(true);
  });

  it('never takes less than one step, however slow', async () => {
    const pace = new RunPace(1e-6);
    await pace.measure(1, () => Promise.resolve());
    expect(pace.stepsOfRun).toBe(1);
  });

  it('passes on what a run throws and measures nothing then', async () => {
    const pace = new RunPace(1000);
    await expect(pace.measure(1, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(pace.stepsOfRun).toBe(1);
  });
});
