/**
 * Spreadsheets run cells that start with `=`, `+`, `-` or `@` (also after a tab or a line break) as formulas. An apostrophe before
 * them stops that. Cells that start with apostrophes before such a sign get one more, so that taking one away gives the cell back.
 */
export function neutraliseFormula(cell: string): string {
  return /^'*[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** The inverse of `neutraliseFormula`. */
export function restoreFormula(cell: string): string {
  return /^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}

/** A record of CSV with its line end, neutralised, quoted where needed. */
export function csvRecord(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const safe = neutraliseFormula(cell);
    return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(',')}\n`;
}
