import { setImmediate } from 'node:timers/promises';

/** Long work in steps of some tens of milliseconds: whoever runs it may do something else at each `yield`. */
export type Steps<T> = Generator<void, T>;

/** To the end without a break. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Lets the event loop turn between the steps. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
