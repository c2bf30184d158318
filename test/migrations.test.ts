import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { judgeMigration } from '../scripts/judge-migration.ts';

/** Those before came before the first release, with nobody to go on beside them. */
const firstJudged = 14;

test('migrations leave everything in place that the version before uses', async () => {
  const folder = new URL('../migrations/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'));
  expect(files.length).toBeGreaterThanOrEqual(firstJudged);
  for (const file of files.filter((name) => Number(name.slice(0, 4)) >= firstJudged))
    expect(judgeMigration(await readFile(new URL(file, folder), 'utf8')), file).toEqual([]);
});

test.each([
  'ALTER TABLE "label" DROP COLUMN "name";',
  'DROP TABLE "label";',
  'ALTER TABLE "label" RENAME COLUMN "name" TO "title";',
  'ALTER TABLE "label" ALTER COLUMN "name" SET DATA TYPE integer;',
  'ALTER TABLE "label"\n  ALTER COLUMN "name" SET NOT NULL;',
  'ALTER TABLE "label" ADD COLUMN "shout" text NOT NULL;',
])('%j would stop them', (statement) => {
  expect(judgeMigration(`CREATE TABLE "a" ("b" text NOT NULL);--> statement-breakpoint\n${statement}`)).toHaveLength(1);
  expect(judgeMigration(`-- allowed: nobody reads it since 0.2\n${statement}`)).toEqual([]);
});

test.each([
  'CREATE TABLE "a" ("b" text NOT NULL);',
  'ALTER TABLE "label" ADD COLUMN "shout" text;',
  'ALTER TABLE "label" ADD COLUMN "shout" text DEFAULT \'\' NOT NULL;',
  'ALTER TABLE "label" ADD COLUMN "shout" text NOT NULL DEFAULT \'\';',
  'ALTER TABLE "label" ADD COLUMN "shout" text GENERATED ALWAYS AS (upper(name)) STORED NOT NULL;',
  'CREATE INDEX "drop_column" ON "label" ("name");',
  '-- rename nothing\nDROP INDEX "label_list";',
])('%j would not', (statement) => {
  expect(judgeMigration(statement)).toEqual([]);
});
