import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * As `nice -n 10`: a tenth of a core that somebody else could use, all of one that nobody does. With 5, a third, queries of the API waited for
 * pictures (docs/performance.md).
 */
const niceness = 10;
/** Linux lets who is not root say it to one session in 100 ms. */
const againMilliseconds = 150;

/**
 * Of this process: where cores are short, the API and its database come before pictures. Threads that are started later inherit it. To be called
 * by a process that was started `detached`.
 */
export function lowerPriority(): void {
  for (const thread of threadsOfProcess()) setPriority(thread, niceness);
  lowerSession();
}

/** On Linux each thread has a priority of its own, and those that decode pictures are there already. */
function threadsOfProcess(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}

/**
 * Outside containers Linux shares cores between sessions first (sched(7), "The autogroup feature"): inside one, niceness decides. Each backend of
 * PostgreSQL is a session, and would get no more than the server and all its pictures together.
 */
function lowerSession(): void {
  try {
    writeFileSync('/proc/self/autogroup', String(niceness));
  } catch (error) {
    // Anything else says that there are no such groups here.
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') setTimeout(lowerSession, againMilliseconds).unref();
  }
}
