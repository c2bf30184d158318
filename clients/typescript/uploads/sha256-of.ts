/** SHA-256 in hexadecimal; undefined on pages that came over plain HTTP, where browsers do not hash. */
export async function sha256Of(blob: Blob): Promise<string | undefined> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
