/** What the version before still uses of tables, and a migration must therefore not take away. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bdrop\s+(?:table|column|type|view)\b/i, 'takes something away'],
  [/\brename\b/i, 'renames something'],
  [/\bset\s+data\s+type\b/i, 'changes the type of a column'],
  [/\balter\s+column\b.*\bset\s+not\s+null\b/i, 'forbids null in a column that is there'],
  [
    /\badd\s+column\b(?!.*\b(?:default|generated always as)\b).*\bnot\s+null\b/i,
    'adds a column that the version before would have to fill',
  ],
  [/\bset\s+schema\b/i, 'moves something'],
];

/**
 * Why servers of the version before could not go on beside those of this one, a sentence for each statement; none where they can. `-- allowed: REASON` before a
 * statement says that somebody has thought of it.
 */
export function judgeMigration(text: string): string[] {
  return text
    .split('--> statement-breakpoint')
    .filter((statement) => !/^\s*-- allowed: \S/m.test(statement))
    .flatMap((statement) => {
      const code = statement.replaceAll(/--.*$/gm, '').trim();
      const found = forbidden.filter(([pattern]) => pattern.test(code.replaceAll(/\s+/g, ' ')));
      return found.map(([, reason]) => `${reason}: ${code}`);
    });
}
