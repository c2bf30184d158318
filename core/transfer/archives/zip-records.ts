/*
 * The records of a ZIP file as APPNOTE.TXT 6.3.10 has them: 4.3.7 local header, 4.3.9 data descriptor, 4.3.12 central directory, 4.3.14
 * to 4.3.16 end records, 4.5.3 ZIP64 extra field.
 */

export const zip32Maximum = 0xffffffff;
const zip16Maximum = 0xffff;
const versions = { basic: 20, zip64: 45 };
/** Unix and version 6.3: so that the mode below is understood. */
const madeBy = (3 << 8) | 63;
const regularFileMode = 0o100644;
const sizes = { localHeader: 30, dataDescriptor: 16 };
const flags = { sizesFollow: 1 << 3, utf8: 1 << 11 };
/** 1980-01-01 00:00, the first day of the format, for every entry: equal contents make equal archives. */
const dosDate = (1 << 5) | 1;

export interface ZipRecord {
  readonly name: Buffer;
  readonly deflated: boolean;
  /** Sizes and checksum stand behind the data, because they were not known before it. */
  readonly sizesFollow: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header, from the start of the archive. */
  readonly offset: number;
}

export function localHeader(record: ZipRecord): Buffer {
  const header = Buffer.alloc(sizes.localHeader);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(record, header, 4, versions.basic);
  if (record.sizesFollow) header.fill(0, 14, 26);
  return Buffer.concat([header, record.name]);
}

export function dataDescriptor(record: ZipRecord): Buffer {
  const descriptor = Buffer.alloc(sizes.dataDescriptor);
  descriptor.writeUInt32LE(0x08074b50, 0);
  writeSizes(record, descriptor, 4);
  return descriptor;
}

/** How far an entry brings the archive: header, name, data and descriptor. */
export function recordedBytes({ name, packedBytes, sizesFollow }: ZipRecord): number {
  return sizes.localHeader + name.length + packedBytes + (sizesFollow ? sizes.dataDescriptor : 0);
}

export function directoryRecord(record: ZipRecord): Buffer {
  const isFar = record.offset >= zip32Maximum;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(madeBy, 4);
  writeCommon(record, header, 6, isFar ? versions.zip64 : versions.basic);
  header.writeUInt32LE(regularFileMode * 0x10000, 38);
  header.writeUInt32LE(isFar ? zip32Maximum : record.offset, 42);
  if (!isFar) return Buffer.concat([header, record.name]);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(record.offset), 4);
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, record.name, extra]);
}

/** The end of an archive; in ZIP64 too where a number does not fit. */
export function endRecords(entries: number, directoryStart: number, directoryBytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, zip16Maximum), 8);
  end.writeUInt16LE(Math.min(entries, zip16Maximum), 10);
  end.writeUInt32LE(Math.min(directoryBytes, zip32Maximum), 12);
  end.writeUInt32LE(Math.min(directoryStart, zip32Maximum), 16);
  if (entries < zip16Maximum && directoryStart + directoryBytes < zip32Maximum) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(BigInt(end64.length - 12), 4);
  end64.writeUInt16LE(madeBy, 12);
  end64.writeUInt16LE(versions.zip64, 14);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(directoryBytes), 40);
  end64.writeBigUInt64LE(BigInt(directoryStart), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryStart + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

/** What the local header and the directory record have in common, in the same order. */
function writeCommon(record: ZipRecord, header: Buffer, at: number, version: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(flags.utf8 | (record.sizesFollow ? flags.sizesFollow : 0), at + 2);
  header.writeUInt16LE(record.deflated ? 8 : 0, at + 4);
  header.writeUInt16LE(dosDate, at + 8);
  writeSizes(record, header, at + 10);
  header.writeUInt16LE(record.name.length, at + 22);
}

function writeSizes(record: ZipRecord, target: Buffer, at: number): void {
  target.writeUInt32LE(record.crc32, at);
  target.writeUInt32LE(record.packedBytes, at + 4);
  target.writeUInt32LE(record.bytes, at + 8);
}
