import { cpus } from 'node:os';

/** One figure beside the limit or the peer that was measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: string;
  readonly referenceValue: number;
  /** Of the ratio value / reference; null where none is promised. */
  readonly target: number | null;
  /** Whether the ratio must stay below the target instead, as with times and memory. @default false */
  readonly lowerIsBetter?: boolean;
  /** Standard deviation of the value, where it is a mean. */
  readonly deviation?: number;
}

/** Prints the one JSON object of a benchmark on stdout. `pass` is computed here and nowhere else. */
export function printReport(bench: string, figures: readonly Figure[]): void {
  const results = figures.map(({ lowerIsBetter = false, ...figure }) => {
    const ratio = figure.value / figure.referenceValue;
    const pass = figure.target === null ? null : lowerIsBetter ? ratio <= figure.target : ratio >= figure.target;
    return {
      ...figure,
      value: round(figure.value),
      referenceValue: round(figure.referenceValue),
      ...(figure.deviation === undefined ? {} : { deviation: round(figure.deviation) }),
      ratio: round(ratio),
      pass,
    };
  });
  const machine = `${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
  process.stdout.write(`${JSON.stringify({ bench, machine, results }, null, 2)}\n`);
}

const round = (value: number) => Number(value.toPrecision(4));
