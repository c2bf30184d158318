import type postgres from 'postgres';
import { authenticateAgain } from '../access/access-tokens.ts';
import type { ActionContext } from '../access/viewer.ts';
import { connectListener } from '../platform/database.ts';
import { ValidationError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { readEvents, trainingChannel, type TrainingEvent } from './training-events.ts';
import { isFinal } from './training-facts.ts';
import { requireTraining } from './training-row.ts';

/** A lost notification costs at most this much latency. */
const pollMilliseconds = 5000;
const batch = 200;
/** How often a stream's token and role are checked again. */
const recheckMilliseconds = 60_000;

type Wake = () => void;

/** One LISTEN for the whole process; hands each notification to the streams of that training. */
export class TrainingWatch {
  readonly #wakes = new Map<string, Set<Wake>>();
  readonly #client: postgres.Sql;

  private constructor(client: postgres.Sql) {
    this.#client = client;
  }

  static async open(platform: Platform): Promise<TrainingWatch> {
    const client = connectListener(platform.config.databaseListenUrl ?? platform.databaseUrl);
    const watch = new TrainingWatch(client);
    await client.listen(
      trainingChannel,
      (trainingId) => watch.#wakeAll(trainingId),
      // After a reconnect anything may have been missed.
      () => {
        for (const trainingId of watch.#wakes.keys()) watch.#wakeAll(trainingId);
      },
    );
    return watch;
  }

  async close(): Promise<void> {
    await this.#client.end({ timeout: 5 });
  }

  #wakeAll(trainingId: string): void {
    for (const wake of this.#wakes.get(trainingId) ?? []) wake();
  }

  /**
   * Every event of the training after `after`, first those that are stored, then live, in order, each once; ends after the event of
   * a final state. Pulled from the table, so a slow reader costs one batch of memory. Ends at once when `signal` aborts.
   * @throws {NotFoundError} {UnauthenticatedError} also while it runs, when the viewer's token or role is taken away.
   */
  async *events(
    ctx: ActionContext,
    trainingId: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<TrainingEvent, void> {
    await requireTraining(ctx, trainingId, 'VIEWER');
    if (!Number.isInteger(after) || after < 0)
      throw new ValidationError([{ path: ['after'], message: 'must be 0 or a sequence number' }]);
    let cursor = after;
    let woken = true;
    let resume: Wake = () => {};
    const wake: Wake = () => {
      woken = true;
      resume();
    };
    const wakes = this.#wakes.get(trainingId) ?? new Set<Wake>();
    this.#wakes.set(trainingId, wakes.add(wake));
    signal.addEventListener('abort', wake);
    let checkedAt = Date.now();
    try {
      while (!signal.aborted) {
        if (Date.now() - checkedAt > recheckMilliseconds) {
          await authenticateAgain(ctx.platform.db, ctx.viewer);
          await requireTraining(ctx, trainingId, 'VIEWER');
          checkedAt = Date.now();
        }
        woken = false;
        const events = await readEvents(ctx.platform.db, trainingId, cursor, batch);
        for (const event of events) {
          if (signal.aborted) return;
          cursor = event.sequence;
          yield event;
          if (event.fact.type === 'STATE_CHANGED' && isFinal(event.fact.state)) return;
        }
        if (events.length === batch || woken || signal.aborted) continue;
        // A client that already has the final event waits for nothing.
        if (events.length === 0 && (await this.#hasEnded(ctx, trainingId, cursor))) return;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMilliseconds);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
          if (woken) resume();
        });
        resume = () => {};
      }
    } finally {
      signal.removeEventListener('abort', wake);
      wakes.delete(wake);
      if (wakes.size === 0) this.#wakes.delete(trainingId);
    }
  }

  async #hasEnded(ctx: ActionContext, trainingId: string, cursor: number): Promise<boolean> {
    const training = await requireTraining(ctx, trainingId, 'VIEWER');
    return isFinal(training.state) && cursor >= training.lastSequence;
  }
}
