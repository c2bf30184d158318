import { ArchiveRefusedError } from '#core/platform/errors.ts';

/**
 * What a parser or zlib threw, as a refusal. What the operating system said of our own file is no fault of the archive and stays as it
 * is.
 */
export function archiveDamage(error: unknown, format: string): unknown {
  if (!(error instanceof Error) || error instanceof ArchiveRefusedError || 'syscall' in error) return error;
  // The only words that tell these two of yauzl from damage.
  if (error.message.includes('encryption')) return encryptedArchive();
  if (error.message.includes('multi-disk'))
    return new ArchiveRefusedError('UNSUPPORTED', 'One part of a split ZIP file: join the parts first.');
  return new ArchiveRefusedError('DAMAGED', `The ${format} file is damaged or cut off: ${error.message}`);
}

export function encryptedArchive(entry?: string): ArchiveRefusedError {
  return new ArchiveRefusedError('ENCRYPTED', 'The archive is encrypted: pack it without a password.', entry);
}
