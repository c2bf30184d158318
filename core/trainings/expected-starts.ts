/** A training that a worker has. */
export interface RunningEstimate {
  /** Until its deadline: it cannot take longer. */
  readonly secondsLeft: number;
  /** Since it was first taken. */
  readonly secondsSoFar: number;
  /** Until its phase ends, where that is known. */
  readonly etaSeconds: number | null;
}

/** A training that waits for a worker. */
export interface WaitingEstimate {
  readonly maxDurationSeconds: number;
}

/**
 * Seconds until each waiting training starts, in queue order, if every worker takes the next one when it is free (list scheduling). Undefined
 * where no worker is busy or idle: then nobody can say when one will come.
 * @param meanSeconds how long trainings of this kind took lately; undefined when none has ended: each is then taken to need all its time.
 * @param idle workers that could take one at once; 0 and less: none.
 */
export function expectedStarts(
  running: readonly RunningEstimate[],
  waiting: readonly WaitingEstimate[],
  meanSeconds: number | undefined,
  idle = 0,
): number[] | undefined {
  const busy = running.map((each) => remainingSeconds(each, meanSeconds)).sort((a, b) => a - b);
  // More places than trainings change nothing, and there may be any number of workers.
  const freeIn = [...Array<number>(Math.min(Math.max(0, idle), waiting.length)).fill(0), ...busy];
  if (freeIn.length === 0) return undefined;
  return waiting.map(({ maxDurationSeconds }) => {
    const start = freeIn.shift()!;
    const end = start + Math.min(maxDurationSeconds, meanSeconds ?? Infinity);
    const at = freeIn.findIndex((other) => other > end);
    freeIn.splice(at === -1 ? freeIn.length : at, 0, end);
    return start;
  });
}

/** What a phase still needs is the least; what others took in all is likelier; the deadline is the most. */
function remainingSeconds({ secondsLeft, secondsSoFar, etaSeconds }: RunningEstimate, meanSeconds?: number): number {
  const likely = meanSeconds === undefined ? (etaSeconds ?? secondsLeft) : meanSeconds - secondsSoFar;
  return Math.max(0, Math.min(secondsLeft, Math.max(likely, etaSeconds ?? 0)));
}
