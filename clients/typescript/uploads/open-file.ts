import { blobOf, type NamedBlob, type UploadSource } from './blob-of.ts';
import type { UploadFile } from './upload-images.ts';

/** What is known of a file beside its bytes. */
export interface DescribedFile {
  readonly source: UploadSource;
  readonly fileName?: string | undefined;
  readonly group?: string | undefined;
}

export const describeFile = (file: UploadFile): DescribedFile =>
  typeof file === 'object' && 'source' in file ? file : { source: file };

/** The bytes of a file with the name that was given, or that its source has. @throws {ExemplarError} when it cannot be read. */
export async function openFile(file: UploadFile): Promise<NamedBlob> {
  const { source, fileName } = describeFile(file);
  const named = await blobOf(source);
  return { blob: named.blob, fileName: fileName ?? named.fileName };
}
