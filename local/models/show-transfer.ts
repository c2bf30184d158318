import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import type { Terminal } from '../demo/terminal.ts';
import { formatBytes } from '../../clients/admin/text/format-bytes.ts';
import { TransferRate } from './transfer-rate.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const leastMilliseconds = 100;
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

export interface ShownTransfer {
  readonly onBytes: (bytes: number) => void;
  /** Takes the bar away; may be called twice. */
  readonly end: () => void;
}

/** A bar with rate and time left on a terminal, a line now and then elsewhere. Nothing is shown before the first bytes. */
export function showTransfer(terminal: Terminal, entry: CatalogueEntry): ShownTransfer {
  let rate: TransferRate | undefined;
  let shownAt = 0;
  const onBytes = (bytes: number): void => {
    const now = performance.now();
    if (rate && now - shownAt < leastMilliseconds && bytes < entry.bytes) return;
    shownAt = now;
    rate ??= new TransferRate(bytes, now);
    rate.note(bytes, now);
    const speed = rate.bytesPerSecond === undefined ? '' : ` ${formatBytes(rate.bytesPerSecond)}/s`;
    terminal.progress({
      label: entry.name,
      done: megabytes(bytes),
      total: megabytes(entry.bytes),
      unit: `MB${speed}`,
      etaSeconds: rate.etaSeconds(entry.bytes),
    });
  };
  return { onBytes, end: () => terminal.endProgress() };
}
