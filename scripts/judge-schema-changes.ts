import { readFileSync } from 'node:fs';

interface SchemaChange {
  readonly message: string;
}

/** What `graphql-inspector diff` found, told of by it (`--onComplete`): fails when a change breaks clients and nobody has said that it is meant. */
export default function judgeSchemaChanges({
  breakingChanges,
}: {
  readonly breakingChanges: readonly SchemaChange[];
}): void {
  const listed = readFileSync(new URL('../schema/breaking-changes.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const found = breakingChanges.map(({ message }) => message);
  const unlisted = found.filter((message) => !listed.includes(message));
  const stale = listed.filter((message) => !found.includes(message));
  if (unlisted.length > 0)
    process.stderr.write(
      `These changes break clients of the last release; deprecate instead, or list them in schema/breaking-changes.txt:\n${unlisted.join('\n')}\n`,
    );
  if (stale.length > 0)
    process.stderr.write(`schema/breaking-changes.txt lists what is no breaking change:\n${stale.join('\n')}\n`);
  process.exit(unlisted.length + stale.length > 0 ? 1 : 0);
}
