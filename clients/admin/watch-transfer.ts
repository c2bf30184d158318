import type { Transfer, TransferEvent } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Session } from './session.ts';
import { renderBar } from './text/progress-bar.ts';

type Phase = Extract<TransferEvent, { readonly __typename: 'TransferProgressed' }>['phase'];
export const transferPhases: Readonly<Record<Phase, { readonly label: string; readonly unit: string }>> = {
  FETCHING: { label: 'fetching', unit: 'MiB' },
  READING: { label: 'reading', unit: 'items' },
  WRITING: { label: 'writing', unit: 'items' },
  CHECKING: { label: 'checking', unit: 'items' },
  STORING: { label: 'storing', unit: 'MiB' },
};

/** Shows an import or export until it has ended, and gives it as it is then. Ctrl-C leaves it alone. With --json nothing but the end is told. */
export async function watchTransfer(session: Session, transfer: Transfer): Promise<Transfer> {
  const { exemplar, output } = session;
  const { id } = transfer;
  session.onInterrupt = `It goes on. To see it again: exemplar watch ${id}; to end it: exemplar cancel ${id}.`;
  if (!output.live && transfer.state === 'QUEUED') output.line('waiting for a worker ...');
  let progress = {
    label: transfer.state.toLowerCase(),
    unit: '',
    done: 0,
    total: 0,
    etaSeconds: null as number | null,
  };
  output.live?.show(({ columns }) => [renderBar(progress, columns + 1)]);
  for await (const event of exemplar.watchTransfer(id)) {
    if (event.__typename === 'TransferStateChanged') progress = { ...progress, label: event.state.toLowerCase() };
    if (event.__typename !== 'TransferProgressed') continue;
    const { phase, done, total, etaSeconds } = event;
    const words = transferPhases[phase];
    if (!output.live && progress.label !== words.label) output.line(`${words.label} ...`);
    progress = { ...words, done, total: total ?? 0, etaSeconds };
    output.live?.draw();
  }
  output.live?.end();
  session.onInterrupt = undefined;
  return (await exemplar.transfers.get(id))!;
}

/** Says why a transfer has failed, if it has. */
export function endOfTransfer({ output }: Session, { state, failure }: Transfer): ExitCode {
  if (failure) output.note(`It failed: ${failure.message}\n${failure.hint}`);
  else if (state === 'CANCELLED') output.note('It was cancelled.');
  return state === 'COMPLETED' ? exitCodes.done : exitCodes.failed;
}
