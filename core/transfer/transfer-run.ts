import type { Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { TransferPhase } from './transfer-facts.ts';
import type { Transfer } from './transfer-row.ts';

/** One attempt of a worker to do a transfer. */
export interface TransferRun {
  /** As it was claimed: `input`, and in `checkpoint` how far earlier attempts came. */
  readonly transfer: Transfer;
  /** Raised when it is to end: somebody has cancelled it, the worker stops, another attempt has taken over. Throw its reason, then. */
  readonly signal: AbortSignal;
  /** An empty folder on the worker's disk, deleted after the attempt. */
  readonly folder: string;
  /** May be called as often as there is something to say; written at most four times a second. `done` and `total` as in `TransferProgress`. */
  progress(step: { readonly phase: TransferPhase; readonly done: number; readonly total: number | null }): void;
  /**
   * Commits only while this attempt is the current one. The transfer's row is locked first, so lock the project after it.
   * @throws {StaleTransferError}: let it through.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** From where another attempt goes on: JSON, small; inside a {@link transaction}, so together with what it writes. */
  checkpoint(tx: Transaction, state: object): Promise<void>;
}

/** What a transfer leaves: JSON for its row, and what commits together with its end. */
export interface TransferOutcome {
  readonly result: object;
  readonly finish?: (tx: Transaction) => Promise<void>;
}

/**
 * Does a transfer, from its checkpoint if there is one. @throws {TransferFailedError} when it cannot be done, a {@link UserError} likewise; after
 * anything else that it throws the queue tries again.
 */
export type TransferRunner = (platform: Platform, run: TransferRun) => Promise<TransferOutcome>;
