import '#core/platform/require-node.ts';
import { readFile, writeFile } from 'node:fs/promises';

/* Writes schema/schema.graphql; with --check only says whether it is up to date. */
const { lexicographicSortSchema, printSchema } = await import('graphql');
const { schema } = await import('#schema/index.ts');
const path = new URL('../schema/schema.graphql', import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (process.argv.includes('--check')) {
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed !== printed) {
    process.stderr.write('schema/schema.graphql is not up to date: run npm run schema:print and commit it.\n');
    process.exit(1);
  }
} else await writeFile(path, printed);
