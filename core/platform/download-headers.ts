/** By the last part of the key; anything else is offered as a file, never shown. */
const shownTypes: Record<string, string> = {
  normalised: 'image/jpeg',
  thumbnail: 'image/jpeg',
};

/**
 * What a browser is told about stored bytes, whether this server gives them or the store itself. Content never changes under a key, so browsers may
 * keep it. Uploaded bytes are foreign: they are files to save, never pages.
 */
export function downloadHeaders(key: string): {
  readonly 'content-type': string;
  readonly 'content-disposition': string;
  readonly 'cache-control': string;
} {
  const name = key.split('/').at(-1)!;
  const shown = shownTypes[name];
  return {
    'content-type': shown ?? (name.endsWith('.zip') ? 'application/zip' : 'application/octet-stream'),
    'content-disposition': shown ? 'inline' : `attachment; filename="${name}"`,
    'cache-control': 'private, max-age=3600, immutable',
  };
}
