/** Bits out of 256 in which the hashes of two near-duplicates differ at most; docs/decisions.md has the figures behind it. */
export const nearDuplicateBits = 28;

/** The first 128 bits, those of the lowest frequencies and the steadiest, are looked up in 8 bands of 16. */
export const hashBands = 8;

/** Values of the bands of a hash of 32 bytes. */
export const bandsOf = (hash: Buffer): number[] =>
  Array.from({ length: hashBands }, (_, band) => hash.readUInt16BE(band * 2));
