import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { formatSeconds, renderBar, type Progress } from '../../clients/admin/text/progress-bar.ts';

const clearLine = '\r\u001b[2K';
const redrawMilliseconds = 500;
/** Without a terminal, progress is a line now and then. */
const plainLineMilliseconds = 10_000;

type Stream = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** Lines for people on one stream, live progress on another; both may be the same terminal. */
export class Terminal {
  readonly #text: Stream;
  readonly #live: Stream;
  readonly #isColoured: boolean;
  #progress: { readonly progress: Progress; readonly at: number } | undefined;
  #redraw: NodeJS.Timeout | undefined;
  #lastPlain = { label: '', at: 0 };

  constructor(text: Stream, live: Stream, environment: Readonly<Record<string, string | undefined>> = process.env) {
    this.#text = text;
    this.#live = live;
    this.#isColoured = text.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  }

  /** At most 100: long lines are hard to read even where there is room. */
  get columns(): number {
    return Math.min(this.#text.columns ?? 80, 100);
  }

  line(text = ''): void {
    this.#erase();
    this.#text.write(`${text}\n`);
    this.#draw();
  }

  /** The start of a part of the run. */
  heading(text: string): void {
    this.line();
    this.line(this.bold(text));
  }

  bold(text: string): string {
    return this.#isColoured ? styleText('bold', text, { validateStream: false }) : text;
  }

  dim(text: string): string {
    return this.#isColoured ? styleText('dim', text, { validateStream: false }) : text;
  }

  warning(text: string): string {
    return this.#isColoured ? styleText('yellow', text, { validateStream: false }) : text;
  }

  /** Replaces what was shown before; `endProgress` takes it away. */
  progress(progress: Progress): void {
    if (!this.#live.isTTY) return this.#plain(progress);
    this.#progress = { progress, at: Date.now() };
    this.#redraw ??= setInterval(() => this.#draw(), redrawMilliseconds).unref();
    this.#draw();
  }

  endProgress(): void {
    clearInterval(this.#redraw);
    this.#redraw = undefined;
    this.#erase();
    this.#progress = undefined;
    this.#lastPlain = { label: '', at: 0 };
  }

  #erase(): void {
    if (this.#progress) this.#live.write(clearLine);
  }

  #draw(): void {
    if (!this.#progress) return;
    const { progress, at } = this.#progress;
    // Between two events the time left runs down by itself.
    const etaSeconds =
      progress.etaSeconds === null ? null : Math.max(0, progress.etaSeconds - (Date.now() - at) / 1000);
    this.#live.write(clearLine + renderBar({ ...progress, etaSeconds }, this.#live.columns ?? 80));
  }

  #plain(progress: Progress): void {
    const { label, done, total, unit, etaSeconds } = progress;
    if (label === this.#lastPlain.label && Date.now() - this.#lastPlain.at < plainLineMilliseconds && done < total)
      return;
    if (label === this.#lastPlain.label && this.#lastPlain.at === Infinity) return;
    // A finished part is told once.
    this.#lastPlain = { label, at: done >= total ? Infinity : Date.now() };
    const eta = etaSeconds === null || done >= total ? '' : `, ${formatSeconds(etaSeconds)} left`;
    this.#live.write(`  ${label}: ${done}/${total} ${unit}${eta}\n`);
  }
}
