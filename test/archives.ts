import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack, type Header } from 'tar-stream';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { Archive, ArchiveEntry, SkippedEntry, SkipReason } from '#core/transfer/archives/archive.ts';
import type { ArchiveLimits } from '#core/transfer/archives/archive-limits.ts';
import { openArchive } from '#core/transfer/archives/open-archive.ts';
import { writeZip, type ZipMember } from '#core/transfer/archives/write-zip.ts';

/** A ZIP file of texts or other members. */
export function zipBytes(members: Record<string, string> | Iterable<ZipMember>): Promise<Buffer> {
  return buffer(writeZip(isIterable(members) ? members : textMembers(members)));
}

const isIterable = (members: object): members is Iterable<ZipMember> => Symbol.iterator in members;

const textMembers = (texts: Record<string, string>): ZipMember[] =>
  Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text), deflate: true }));

/** Changes, in place, one record of the directory of a small ZIP file: offsets in it are those of APPNOTE.TXT 4.3.12. */
export function alterRecord(zip: Buffer, index: number, alter: (record: Buffer) => void): Buffer {
  let start = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06') + 16);
  const length = () => 46 + zip.readUInt16LE(start + 28) + zip.readUInt16LE(start + 30);
  for (let passed = 0; passed < index; passed++) start += length();
  alter(zip.subarray(start, start + length()));
  return zip;
}

/** A ZIP file with one good entry and one whose name in the directory is any bytes. */
export async function zipWithName(name: Buffer | string, content = 'hostile'): Promise<Buffer> {
  const bytes = Buffer.from(name);
  // As many bytes, in fewer characters: a name may be longer than the writer would take it.
  const placeholder = '猫'.repeat(bytes.length / 3) + 'x'.repeat(bytes.length % 3);
  const zip = await zipBytes({ 'cat/good.txt': 'good', [placeholder]: content });
  return alterRecord(zip, 1, (record) => bytes.copy(record, 46));
}

/** A TAR file of headers with their texts. */
export async function tarBytes(entries: Iterable<[Partial<Header> & Pick<Header, 'name'>, string?]>): Promise<Buffer> {
  const tar = pack();
  for (const [header, text] of entries) tar.entry(header, text ?? '');
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A folder for archives that is gone when the test is over. */
export class ArchiveFolder implements AsyncDisposable {
  readonly path: string;
  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<ArchiveFolder> {
    return new ArchiveFolder(await mkdtemp(join(tmpdir(), 'exemplar-archives-')));
  }

  async file(bytes: Uint8Array): Promise<string> {
    const path = join(this.path, 'archive');
    await writeFile(path, bytes);
    return path;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

export interface ArchiveContents {
  readonly files: Map<string, Buffer>;
  readonly skipped: [path: string, reason: SkipReason][];
  readonly damaged: [path: string, message: string][];
}

/** Everything an archive lists, without reading it. */
export async function entriesOf(archive: Archive): Promise<(ArchiveEntry | SkippedEntry)[]> {
  const entries: (ArchiveEntry | SkippedEntry)[] = [];
  for await (const entry of archive.entries()) entries.push(entry);
  return entries;
}

/** Everything in an archive; what is wrong with one entry only does not end it. */
export async function archiveContents(path: string, limits: Partial<ArchiveLimits> = {}): Promise<ArchiveContents> {
  const contents: ArchiveContents = { files: new Map(), skipped: [], damaged: [] };
  await using archive = await openArchive(path, limits);
  for await (const entry of archive.entries()) {
    if ('reason' in entry) contents.skipped.push([entry.path, entry.reason]);
    else
      try {
        contents.files.set(entry.path, await entry.read(entry.size));
      } catch (error) {
        if (!(error instanceof ArchiveRefusedError) || error.refusal !== 'ENTRY_DAMAGED') throw error;
        contents.damaged.push([entry.path, error.message]);
      }
  }
  return contents;
}

/** The contents of an archive whose bytes are given. */
export async function contentsOf(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<ArchiveContents> {
  await using folder = await ArchiveFolder.create();
  return await archiveContents(await folder.file(bytes), limits);
}
