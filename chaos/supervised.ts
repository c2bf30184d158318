import { setTimeout } from 'node:timers/promises';
import { kill } from './processes.ts';
import type { Say } from './say.ts';

/** A part that runs. */
export interface Part {
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
}

/** A part of the installation that is started again whenever it has ended, as an init system would. */
export class Supervised {
  readonly name: string;
  readonly #start: () => Promise<Part>;
  readonly #say: Say;
  #running: Part | undefined;
  #starting: Promise<void> = Promise.resolve();
  #isExpectedToEnd = false;
  #isClosed = false;
  #isFrozen = false;
  /** How often it ended without being asked to, after it had been ready. */
  endedByItself = 0;

  constructor(name: string, start: () => Promise<Part>, say: Say) {
    this.name = name;
    this.#start = start;
    this.#say = say;
  }

  /** Whether it runs and can be hit. */
  get isUp(): boolean {
    return this.#running !== undefined && !this.#isExpectedToEnd && !this.#isFrozen;
  }

  /** Starts it, again and again as long as that fails: what it needs may be down. */
  up(): Promise<void> {
    return (this.#starting = this.#starting.then(async () => {
      while (!this.#running && !this.#isClosed) {
        const part = await this.#start().catch(() => undefined);
        if (part) this.#watch(part);
        else await setTimeout(300);
      }
    }));
  }

  /** Ends it with a signal and starts it again `absence` milliseconds after it has ended. */
  async restart(signal: NodeJS.Signals, absence: number): Promise<void> {
    await this.#end(signal);
    await setTimeout(absence);
    await this.up();
    if (!this.#isClosed) this.#say(`${this.name} is back`);
  }

  /** Stands still for so many milliseconds, connections open. */
  async freeze(milliseconds: number): Promise<void> {
    const part = this.#running;
    if (!part || !kill(part.pid, 'SIGSTOP')) return;
    this.#isFrozen = true;
    await setTimeout(milliseconds);
    this.#isFrozen = false;
    if (kill(part.pid, 'SIGCONT') && !this.#isClosed) this.#say(`${this.name} goes on`);
  }

  /** Ends it for good. */
  async close(signal: NodeJS.Signals): Promise<void> {
    this.#isClosed = true;
    await this.#starting;
    if (this.#running) kill(this.#running.pid, 'SIGCONT');
    await this.#end(signal);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const part = this.#running;
    if (!part) return;
    this.#isExpectedToEnd = true;
    kill(part.pid, signal);
    await part.exited;
  }

  #watch(part: Part): void {
    this.#running = part;
    this.#isExpectedToEnd = false;
    void part.exited.then(() => {
      this.#running = undefined;
      if (this.#isExpectedToEnd || this.#isClosed) return;
      this.endedByItself++;
      this.#say(`${this.name} has ended by itself; it is started again`);
      void this.up();
    });
  }
}
