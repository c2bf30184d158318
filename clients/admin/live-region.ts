import type { Stream } from './output.ts';
import { printable } from './text/printable.ts';
import { fitText } from './text/text-width.ts';

const redrawMilliseconds = 500;

/** Some lines at the end of a terminal that are redrawn in place; other lines go above them. */
export class LiveRegion {
  readonly #stream: Stream;
  #render: ((size: { readonly columns: number; readonly rows: number }) => readonly string[]) | undefined;
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** From now on these lines, drawn anew twice a second, so that times run down by themselves. */
  show(render: (size: { readonly columns: number; readonly rows: number }) => readonly string[]): void {
    this.#render = render;
    this.#timer ??= setInterval(() => this.draw(), redrawMilliseconds).unref();
    this.draw();
  }

  /** Takes them away until the next drawing. */
  clear(): void {
    if (this.#drawn === 0) return;
    this.#stream.write(`\u001b[${this.#drawn}A\r\u001b[J`);
    this.#drawn = 0;
  }

  draw(): void {
    if (!this.#render) return;
    // A line that is full would wrap on some terminals, and then there would be more lines than were written.
    const size = { columns: (this.#stream.columns ?? 80) - 1, rows: (this.#stream.rows ?? 24) - 1 };
    const lines = this.#render(size).slice(0, size.rows);
    this.clear();
    this.#stream.write(lines.map((line) => `${fitText(printable(line), size.columns)}\n`).join(''));
    this.#drawn = lines.length;
  }

  /** Takes them away for good. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.clear();
    this.#render = undefined;
  }
}
