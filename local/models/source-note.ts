import { randomUUID } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { z } from 'zod';
import { catalogueEntrySchema, type CatalogueEntry } from '#engine/base-models/catalogue.ts';
import type { ModelFiles } from './model-files.ts';

const noteSchema = z.object({
  entry: catalogueEntrySchema,
  placedAt: z.iso.datetime(),
  /** The address it came from; null = copied there by somebody and found right. */
  origin: z.string().nullable(),
  /** When its bytes were last compared with the checksum, and how to see that they were not touched since. */
  checked: z.object({ at: z.iso.datetime(), bytes: z.int(), modifiedMilliseconds: z.number() }),
});

/** What `source.json` says beside a model that this command placed. */
export type SourceNote = z.output<typeof noteSchema>;

/** Undefined where there is none that can be understood: then the model counts as somebody else's. */
export async function readSourceNote(files: ModelFiles): Promise<SourceNote | undefined> {
  const text = await readFile(files.source, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Notes that the model's bytes are right as of now. Atomic. */
export async function writeSourceNote(
  files: ModelFiles,
  source: { readonly entry: CatalogueEntry; readonly placedAt: string; readonly origin: string | null },
): Promise<void> {
  const { size, mtimeMs } = await stat(files.model);
  const checked = { at: new Date().toISOString(), bytes: size, modifiedMilliseconds: mtimeMs };
  const draft = `${files.source}.${randomUUID()}`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(`${JSON.stringify({ ...source, checked }, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, files.source);
}
