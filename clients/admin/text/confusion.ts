import { renderTable } from './text-table.ts';
import { fitText, padEnd, padStart } from './text-width.ts';

const mistakesShown = 10;

/** Images by actual (row) and predicted (column) class: the whole matrix where it fits, or else the most frequent mistakes. */
export function renderConfusion(
  confusionMatrix: readonly (readonly number[])[],
  names: readonly string[],
  columns: number,
): string[] {
  const cell = Math.max(3, ...confusionMatrix.flat().map((count) => String(count).length), String(names.length).length);
  const nameColumns = columns - names.length * (cell + 1) - 8;
  if (nameColumns < 8) return describeMistakes(confusionMatrix, names, columns);
  const place = (index: number) => String(index + 1);
  const head = 'actual \\ predicted';
  const titles = names.map((name, index) => `${place(index)} ${name}`);
  const first = Math.min(nameColumns, Math.max(head.length, ...titles.map((title) => title.length)));
  return [
    `${padEnd(fitText(head, first), first)} ${names.map((_, index) => padStart(place(index), cell)).join(' ')}`,
    ...confusionMatrix.map(
      (row, index) =>
        `${padEnd(fitText(titles[index]!, first), first)} ${row.map((count) => padStart(count === 0 ? '.' : String(count), cell)).join(' ')}`,
    ),
  ];
}

function describeMistakes(matrix: readonly (readonly number[])[], names: readonly string[], columns: number): string[] {
  const mistakes = matrix
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  if (mistakes.length === 0) return ['no mistakes'];
  const rows = mistakes
    .slice(0, mistakesShown)
    .map(({ actual, predicted, count }) => [`${names[actual]} taken for ${names[predicted]}`, String(count)]);
  return renderTable([`most frequent of ${mistakes.length} kinds of mistakes`, 'pictures'], rows, columns);
}
