/**
 * Gives the memory of a buffer back now, that nobody reads any more; the buffer is empty afterwards. V8 finds out by itself only when it marks the
 * whole heap, and does that, at 50 to 100 ms of processor time here, whenever 64 MB of such memory have come together: some 15 photos. A
 * buffer that shares its memory with others is left alone.
 */
export function releaseBytes({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
