import { findModelVersion, type ModelVersion } from '../models/model-versions.ts';
import type { Queryable } from '../platform/database.ts';

const most = 100;

/** Model versions of calls: they never change, so that one read of each is enough. */
export class VersionCache {
  readonly #db: Queryable;
  /** The first key is the one that was unused the longest. */
  readonly #versions = new Map<string, ModelVersion>();

  constructor(db: Queryable) {
    this.#db = db;
  }

  /** Undefined when there is none, as after its project was deleted. */
  async get(id: string): Promise<ModelVersion | undefined> {
    const version = this.#versions.get(id) ?? (await findModelVersion(this.#db, id));
    if (!version) return undefined;
    this.#versions.delete(id);
    this.#versions.set(id, version);
    if (this.#versions.size > most) this.#versions.delete(this.#versions.keys().next().value!);
    return version;
  }
}
