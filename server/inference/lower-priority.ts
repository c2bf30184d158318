import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As `nice -n 5`: a process that has much to do leaves others their share. */
const niceness = 5;

/** Of this process: where cores are short, the API comes before pictures, in a container or session. Threads that are started later inherit it. */
export function lowerPriority(): void {
  for (const thread of threadsOfProcess()) setPriority(thread, niceness);
}

/** On Linux each thread has a priority of its own, and those that decode pictures are there already. */
function threadsOfProcess(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
