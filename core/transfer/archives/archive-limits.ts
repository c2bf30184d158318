/** What an archive may unpack to. Past `entryBytes` one entry is skipped; past any other limit the archive is refused. */
export interface ArchiveLimits {
  /** Entries of any kind, folders included. */
  readonly entries: number;
  readonly unpackedBytes: number;
  readonly entryBytes: number;
  /** Unpacked bytes for each packed one, of the archive and of each entry of a ZIP file, once `ratioFromBytes` were unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

/** Deflate cannot do better than 1,032 to 1; text seldom reaches 50 to 1, and pictures do not shrink. */
export const defaultArchiveLimits: ArchiveLimits = {
  entries: 1_000_000,
  unpackedBytes: 200e9,
  entryBytes: 4e9,
  ratio: 200,
  ratioFromBytes: 10e6,
};
