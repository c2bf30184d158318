/** A shard that can never be read: to be deleted. */
export class CorruptShardError extends Error {
  constructor(path: string) {
    super(`The cache file ${path} is damaged.`);
    this.name = 'CorruptShardError';
  }
}
