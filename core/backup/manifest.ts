import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BackupError, DamagedBackupError } from './backup-errors.ts';

/** Counted up when an older restore could not read a backup any more. */
const format = 1;

const count = z.number().int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const fileSchema = z.object({ file: z.string(), bytes: count, sha256: digest });

const manifestSchema = z.object({
  format: z.literal(format),
  /** Version of Exemplar that made it. */
  version: z.string(),
  postgresql: z.string(),
  /** ISO 8601. All rows are of `snapshotAt`. */
  startedAt: z.string(),
  snapshotAt: z.string(),
  finishedAt: z.string(),
  /** The last one that the database had: when it was written, in milliseconds since 1970, as the journal of the migrations says. */
  migration: z.object({ count, when: z.number() }),
  /** Queued or running, with the queue that each waits in. */
  unfinishedTrainings: z.array(z.object({ id: z.string(), flavor: z.string() })),
  tables: z.array(fileSchema.extend({ name: z.string(), columns: z.array(z.string()), rows: count })),
  objects: fileSchema.extend({
    /** Of all of them, whether this backup brought them or an earlier one in the same folder. */
    count,
    totalBytes: count,
    /** Of these, brought by this backup. */
    copied: count,
    /** What rows promise and the store did not have, the first hundred of them. */
    missing: count,
    missingKeys: z.array(z.string()),
  }),
});

/** What a backup holds. It is written last: a backup without it is none. */
export type Manifest = Omit<z.infer<typeof manifestSchema>, 'format'>;

export const manifestFile = 'manifest.json';

/** As text that carries its own checksum. */
export function writeManifest(manifest: Manifest): string {
  const content = { format, ...manifest };
  return `${JSON.stringify({ ...content, checksum: checksumOf(content) }, null, 2)}\n`;
}

/** @throws {DamagedBackupError} {BackupError} when a newer version has made it. */
export function readManifest(text: string, path: string): Manifest {
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new DamagedBackupError(path, 'is not whole');
  }
  if (typeof content['format'] === 'number' && content['format'] > format)
    throw new BackupError(
      `${path} was made by a newer Exemplar (${String(content['version'])}). Restore it with that version.`,
    );
  const { checksum, ...rest } = content;
  if (checksum !== checksumOf(rest)) throw new DamagedBackupError(path, 'does not have its checksum');
  return manifestSchema.parse(rest);
}

const checksumOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
