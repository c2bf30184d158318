import { padEnd, fitText } from './text-width.ts';

export interface Progress {
  /** What is under way, such as `uploading`. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What is counted, such as `pictures`. */
  readonly unit: string;
  /** Seconds until it is done; null while nobody knows. */
  readonly etaSeconds: number | null;
}

const labelWidth = 20;
const countWidth = 24;
const etaWidth = 17;

/** One line of at most `columns - 1` columns: a full line would wrap on some terminals. */
export function renderBar(progress: Progress, columns: number): string {
  const { label, done, total, unit, etaSeconds } = progress;
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const count = `${done}/${total} ${unit}`;
  const eta = etaSeconds === null || done >= total ? '' : `${formatSeconds(etaSeconds)} left`;
  const room = columns - 1 - labelWidth - countWidth - etaWidth - 4;
  const bar = room >= 8 ? `${'█'.repeat(Math.round(share * room)).padEnd(room, '░')}  ` : '';
  const line = `${padEnd(fitText(label, labelWidth), labelWidth)} ${bar}${padEnd(count, countWidth)} ${eta}`;
  return fitText(line.trimEnd(), columns - 1);
}

/** Short and honest: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
