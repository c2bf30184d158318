import type { Draw } from './draw.ts';
import { wildText } from './wild-text.ts';

const pattern = /\b([A-Z][A-Za-z]+)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const mostOfAKind = 30;

/** Ids by the type that they name, gathered from what answers show. */
export class KnownIds {
  readonly #own = new Map<string, string[]>();
  readonly #foreign = new Map<string, string[]>();
  readonly #spared: ReadonlySet<string>;

  /** @param spared ids that are never picked: what a test itself needs. */
  constructor(spared: Iterable<string> = []) {
    this.#spared = new Set(spared);
  }

  /** Remembers the ids in an answer, the latest of each kind; errors repeat ids of others that were sent. */
  gather(text: string, whose: 'own' | 'foreign' = 'own'): void {
    const ids = whose === 'own' ? this.#own : this.#foreign;
    for (const [id, typename] of text.matchAll(pattern)) {
      const known = ids.get(typename!) ?? [];
      if (known.includes(id) || this.#spared.has(id)) continue;
      if (whose === 'own' && this.#foreign.get(typename!)?.includes(id)) continue;
      known.push(id);
      if (known.length > mostOfAKind) known.shift();
      ids.set(typename!, known);
    }
  }

  /** An id of the type where one is known; now and then one of another type, of somebody else (but for those who may touch it), of nothing, or no id at all. */
  pick(typename: string, draw: Draw, whose: 'own' | 'any' = 'any'): string {
    const own =
      this.#own.get(typename) ?? [...this.#own].filter(([name]) => name.endsWith(typename)).flatMap(([, ids]) => ids);
    if (own.length > 0 && draw.chance(0.75)) return draw.pick(own);
    const foreign = this.#foreign.get(typename) ?? [...this.#foreign.values()].flat();
    if (whose === 'any' && foreign.length > 0 && draw.chance(0.5)) return draw.pick(foreign);
    switch (draw.integer(5)) {
      case 0:
        return `${typename}_00000000-0000-7000-8000-000000000000`;
      case 1:
        return draw.pick([...this.#own.values()].flat().concat('x'));
      case 2:
        return `${typename}_${wildText(draw)}`;
      case 3:
        return draw.pick([...this.#own.values()].flat().concat('x')).toUpperCase();
      default:
        return wildText(draw);
    }
  }
}
