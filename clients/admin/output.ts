import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { LiveRegion } from './live-region.ts';
import { printable } from './text/printable.ts';
import { renderTable } from './text/text-table.ts';

export type Stream = Pick<WriteStream, 'write'> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export interface OutputOptions {
  readonly json: boolean;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What people or programs get to see: results on stdout, as lines or as JSON; what is said beside them on stderr. */
export class Output {
  readonly json: boolean;
  /** Where something is redrawn in place; undefined for programs and files. */
  readonly live: LiveRegion | undefined;
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  readonly #isColoured: boolean;

  constructor({ json, stdout, stderr, environment }: OutputOptions) {
    this.json = json;
    this.#stdout = stdout;
    this.#stderr = stderr;
    const isTerminal = stdout.isTTY === true && environment['TERM'] !== 'dumb';
    this.#isColoured = isTerminal && !environment['NO_COLOR'];
    this.live = isTerminal && !json ? new LiveRegion(stdout) : undefined;
  }

  /** Of a terminal; in files nothing is cut. */
  get columns(): number {
    return this.#stdout.isTTY ? (this.#stdout.columns ?? 80) : Infinity;
  }

  /** The one result of a command: one JSON document, or lines for people. */
  result(value: unknown, lines: (output: Output) => readonly string[]): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    else for (const line of lines(this)) this.line(line);
  }

  /** One of a stream of results: a JSON line, or a line for people where there is something to say. */
  event(value: unknown, line?: string): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(value)}\n`);
    else if (line !== undefined) this.line(line);
  }

  /** For people only. */
  line(text = ''): void {
    if (this.json) return;
    this.live?.clear();
    this.#stdout.write(`${printable(text)}\n`);
    this.live?.draw();
  }

  /** Said beside the result, to people who look. */
  note(text: string): void {
    this.live?.clear();
    this.#stderr.write(`${printable(text)}\n`);
    this.live?.draw();
  }

  table(headings: readonly string[], rows: readonly (readonly string[])[], texts?: number): string[] {
    const [first, ...rest] = renderTable(headings, rows, this.columns, texts);
    return [this.dim(first!), ...rest];
  }

  bold = (text: string): string => this.#style('bold', text);
  dim = (text: string): string => this.#style('dim', text);
  good = (text: string): string => this.#style('green', text);
  bad = (text: string): string => this.#style('red', text);
  warning = (text: string): string => this.#style('yellow', text);

  #style(style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string): string {
    return this.#isColoured ? styleText(style, text, { validateStream: false }) : text;
  }
}
