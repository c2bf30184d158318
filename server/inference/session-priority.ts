import { readFileSync, writeFileSync } from 'node:fs';

/** As `nice -n 15` for the session as a whole. */
const lowered = 15;
/** For how long a process that was crowded out is left at the ordinary priority. */
const reliefMilliseconds = 5000;
/** Of `/proc/.../stat`, on every architecture. */
const tickMilliseconds = 10;

/**
 * The priority of a process that leads a session. Outside containers Linux shares cores between sessions first (sched(7), "The autogroup
 * feature"): each backend of PostgreSQL is one and gets no more than the server with all its pictures, unless these have a session of their own
 * that comes after the others. What comes after everything may get next to nothing on a machine that others crowd; so it comes after only while
 * it gets a fair part. Where there are no such groups this does nothing.
 */
export class SessionPriority {
  readonly #pid: number;
  readonly #leastShare: number;
  #niceness = 0;
  #relievedUntil = 0;
  #before: { readonly at: number; readonly used: number } | undefined;

  /** @param leastShare of one core, below which a process that has work is crowded out. */
  constructor(pid: number, { leastShare = 0.25 }: { leastShare?: number } = {}) {
    this.#pid = pid;
    this.#leastShare = leastShare;
  }

  /** To be called every half a second or so. */
  look(hasWork: boolean): void {
    const at = performance.now();
    const used = hasWork ? this.#processorMilliseconds() : undefined;
    const before = this.#before;
    this.#before = used === undefined ? undefined : { at, used };
    if (!before || used === undefined) return;
    if (used - before.used < this.#leastShare * (at - before.at)) this.#relievedUntil = at + reliefMilliseconds;
    this.#set(at < this.#relievedUntil ? 0 : lowered);
  }

  #set(niceness: number): void {
    if (niceness === this.#niceness) return;
    try {
      writeFileSync(`/proc/${this.#pid}/autogroup`, String(niceness));
      this.#niceness = niceness;
    } catch {
      // There are no such groups; or somebody else has changed one in these 100 ms, and the next look tries again.
    }
  }

  /** Of all its threads; undefined where nothing tells. */
  #processorMilliseconds(): number | undefined {
    try {
      const text = readFileSync(`/proc/${this.#pid}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * tickMilliseconds;
    } catch {
      return undefined;
    }
  }
}
