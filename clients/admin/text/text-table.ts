import { fitText, padEnd, padStart, textWidth } from './text-width.ts';

const gap = 2;
const narrowestName = 8;

/** Rows under headings: the first `texts` columns are text, the others numbers. The first gives way when `columns` are too few. */
export function renderTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  texts = 1,
): string[] {
  const widths = headings.map((heading, index) =>
    Math.max(textWidth(heading), ...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  const numbers = widths.slice(1).reduce((sum, width) => sum + gap + width, 0);
  widths[0] = Math.min(widths[0]!, Math.max(narrowestName, columns - numbers));
  return [headings, ...rows].map((row) =>
    row
      .map((cell, index) =>
        index < texts
          ? padEnd(index === 0 ? fitText(cell, widths[0]!) : cell, widths[index]!)
          : padStart(cell, widths[index]!),
      )
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
