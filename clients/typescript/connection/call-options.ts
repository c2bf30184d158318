/** What every call takes. */
export interface CallOptions {
  /** Ends the call; it rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** What the operations themselves know of a call. */
export interface RequestOptions extends CallOptions {
  /** Whether it may be sent again when its answer was lost. Default: for queries only. */
  readonly repeatable?: boolean | undefined;
}
