import { guardedStream, type Guarded } from '../access/guarded-stream.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { WatchOptions } from '../access/watch-options.ts';
import { patiently } from '../platform/events/patiently.ts';
import { checkSequence, readPageRequest, toPage, type Page } from '../platform/page.ts';
import { readTransferEvents, type TransferEvent } from './transfer-events.ts';
import { isTransferFinal } from './transfer-facts.ts';
import { requireTransfer, type TransferRef } from './transfer-row.ts';

/** Who may watch the transfer. */
export const transferGuard = (ctx: ActionContext, ref: TransferRef): Guarded => ({
  thing: `transfer ${ref.id}`,
  check: () => requireTransfer(ctx, ref, 'VIEWER'),
});

/**
 * Every event of the transfer after `after`, first the stored ones, then live, in order, each once; ends after the event of a final state, or
 * at once when `signal` aborts. @throws {NotFoundError} {UnauthenticatedError} also while it runs, when the viewer's token or role is taken
 * away.
 */
export async function* watchTransfer(
  ctx: ActionContext,
  { tails, guards, onIdle }: WatchOptions<TransferEvent>,
  ref: TransferRef,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<TransferEvent, void> {
  const open = async function* (signal: AbortSignal): AsyncGenerator<TransferEvent, void> {
    checkSequence(after);
    const transfer = await patiently(ctx.platform.log, () => requireTransfer(ctx, ref, 'VIEWER'), signal);
    // Who has the last event already waits for nothing.
    if (isTransferFinal(transfer.state) && after >= transfer.lastSequence) return;
    for await (const event of tails.after(ref.id, after, signal, onIdle)) {
      yield event;
      if (event.fact.type === 'STATE_CHANGED' && isTransferFinal(event.fact.state)) return;
    }
  };
  yield* guardedStream(ctx, transferGuard(ctx, ref), guards, open, signal);
}

/** The same facts as the stream, for clients that poll: 1 to 100 at a time. */
export async function listTransferEvents(
  ctx: ActionContext,
  ref: TransferRef,
  after: number,
  first: number | null | undefined,
): Promise<Page<TransferEvent>> {
  await requireTransfer(ctx, ref, 'VIEWER');
  checkSequence(after);
  const { limit } = readPageRequest({ first });
  return toPage(await readTransferEvents(ctx.platform.db, ref.id, after, limit + 1), limit);
}
