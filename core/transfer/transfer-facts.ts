/** What is brought in or taken out, as a job that a worker does. */
export const transferKinds = ['IMPORT', 'EXPORT', 'MODEL_EXPORT'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** How each kind is called in the contract: global ids and errors name it so. */
export const transferTypeNames = {
  IMPORT: 'ImageImport',
  EXPORT: 'DatasetExport',
  MODEL_EXPORT: 'ModelExport',
} as const satisfies Record<TransferKind, string>;

export const transferStates = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type TransferState = (typeof transferStates)[number];

/** No worker will touch it any more, and its stream ends. */
export function isTransferFinal(state: TransferState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}

export const transferFailureCodes = [
  'ARCHIVE_REFUSED',
  'FORMAT_UNKNOWN',
  'DOCUMENT_REFUSED',
  'SOURCE_MISSING',
  'LIMIT_EXCEEDED',
  'DISK_FULL',
  'WORKER_LOST',
  'INTERNAL',
] as const;
export type TransferFailureCode = (typeof transferFailureCodes)[number];

export interface TransferFailure {
  readonly code: TransferFailureCode;
  readonly message: string;
  /** What the person can do. */
  readonly hint: string;
  /** Whether starting it again as it is may help. */
  readonly retryable: boolean;
}

export const transferPhases = ['FETCHING', 'READING', 'WRITING', 'CHECKING', 'STORING'] as const;
export type TransferPhase = (typeof transferPhases)[number];

export interface TransferProgress {
  readonly phase: TransferPhase;
  /** Items; while fetching and storing MiB. */
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  /** Of this attempt, in this phase. */
  readonly perSecond: number | null;
  /** Seconds until the phase ends, as far as the rate so far tells. */
  readonly etaSeconds: number | null;
}

/** Everything that can happen to a transfer, as stored in `transfer_event.payload` under its `type`. */
export type TransferFact =
  | { readonly type: 'STATE_CHANGED'; readonly state: TransferState; readonly failure: TransferFailure | null }
  | ({ readonly type: 'PROGRESSED' } & TransferProgress)
  /** `attempt` is the one that goes on. */
  | { readonly type: 'RESUMED'; readonly attempt: number }
  | { readonly type: 'CANCEL_REQUESTED' };

/** Thrown by what runs a transfer: it cannot be done, and trying again would not help by itself. */
export class TransferFailedError extends Error {
  readonly failure: TransferFailure;
  constructor(code: TransferFailureCode, message: string, hint: string, options: { retryable?: boolean } = {}) {
    super(message);
    this.name = 'TransferFailedError';
    this.failure = { code, message, hint, retryable: options.retryable ?? false };
  }
}
