import { NotFoundError, UnauthenticatedError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { authenticateAgain } from './access-tokens.ts';
import type { ActionContext } from './viewer.ts';

type Lost = (error: Error) => void;

interface Guard {
  readonly lost: Set<Lost>;
  timer: NodeJS.Timeout;
}

/**
 * Watches over the rights of streams while they run: every so often, and when the token expires, the token and the access to the
 * thing are checked again. All streams of one token on one thing share one check.
 */
export class AccessGuards {
  readonly #milliseconds: number;
  readonly #log: Log;
  readonly #guards = new Map<string, Guard>();

  constructor(seconds: number, log: Log) {
    this.#milliseconds = seconds * 1000;
    this.#log = log;
  }

  /**
   * `lost` is called once, with the error that says why, when the viewer may not go on: `UnauthenticatedError` for the token, what `check`
   * throws for the thing. `thing` names what `check` checks. Returns the release.
   */
  hold(ctx: ActionContext, thing: string, check: () => Promise<unknown>, lost: Lost): () => void {
    const key = `${ctx.viewer.tokenId ?? ctx.viewer.userId} ${thing}`;
    let guard = this.#guards.get(key);
    if (!guard) {
      guard = { lost: new Set(), timer: setTimeout(() => void this.#check(key, ctx, check), this.#next(ctx)) };
      this.#guards.set(key, guard);
    }
    return this.#share(key, guard, lost);
  }

  /** Closes over no more than it needs: one of these stays for each stream. */
  #share(key: string, guard: Guard, lost: Lost): () => void {
    // A function of its own each time: two streams may pass the same one.
    const mine: Lost = (error) => lost(error);
    guard.lost.add(mine);
    return () => {
      guard.lost.delete(mine);
      if (guard.lost.size > 0 || this.#guards.get(key) !== guard) return;
      clearTimeout(guard.timer);
      this.#guards.delete(key);
    };
  }

  #next({ viewer: { tokenExpiresAt } }: ActionContext): number {
    if (!tokenExpiresAt) return this.#milliseconds;
    // A little later, so that the database agrees that the time has come.
    return Math.min(this.#milliseconds, Math.max(0, tokenExpiresAt.getTime() - Date.now()) + 50);
  }

  async #check(key: string, ctx: ActionContext, check: () => Promise<unknown>): Promise<void> {
    try {
      await authenticateAgain(ctx.platform.db, ctx.viewer);
      await check();
    } catch (error) {
      if (error instanceof UnauthenticatedError || error instanceof NotFoundError) {
        const guard = this.#guards.get(key);
        this.#guards.delete(key);
        for (const lost of guard?.lost ?? []) lost(error);
        return;
      }
      // A database that does not answer for a moment takes nobody's rights away.
      this.#log.warn({ err: error }, 'the rights of a stream could not be checked');
    }
    const guard = this.#guards.get(key);
    if (guard) guard.timer = setTimeout(() => void this.#check(key, ctx, check), this.#next(ctx));
  }
}
