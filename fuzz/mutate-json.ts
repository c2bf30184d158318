import type { Draw } from './draw.ts';
import { wildNumbers, wildText } from './wild-text.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Stands for a list in a list in a list: what can be sent cannot be written by `JSON.stringify`. */
const deep = '@deep@';
const deepest = 20_000;

/** JSON text in which the deep lists are there. */
export const deepened = (json: string): string =>
  json.replaceAll(`"${deep}"`, '['.repeat(deepest) + ']'.repeat(deepest));

/** Any value, of which text and numbers are those that nobody expects. */
export function wildJson(draw: Draw, depth = 2): Json {
  switch (draw.integer(depth > 0 ? 7 : 5)) {
    case 0:
      return draw.chance(0.7) ? null : deep;
    case 1:
      return draw.chance(0.5);
    case 2:
      return draw.pick(wildNumbers);
    case 3:
    case 4:
      return wildText(draw);
    case 5:
      return draw.some(3, () => wildJson(draw, depth - 1));
    default:
      return Object.fromEntries(draw.some(3, () => [wildText(draw), wildJson(draw, depth - 1)]));
  }
}

/** Every value in a value, with what puts another one in its place; `undefined` takes it out. */
function* places(holder: Json): Generator<{ value: Json; set: (value: Json | undefined) => void }> {
  if (holder === null || typeof holder !== 'object') return;
  for (const [key, value] of Object.entries(holder)) {
    const set = (changed: Json | undefined) => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1, ...(changed === undefined ? [] : [changed]));
      else if (changed === undefined) delete holder[key];
      else holder[key] = changed;
    };
    yield { value, set };
    yield* places(value);
  }
}

/** A value with one to three values in it changed, taken out, doubled or nested. */
export function mutateValue(value: unknown, draw: Draw): Json {
  const root: Json[] = [structuredClone(value) as Json];
  for (let count = 1 + draw.integer(3); count > 0; count--) {
    const all = [...places(root)];
    if (all.length === 0) break;
    const { value, set } = draw.pick(all);
    switch (draw.integer(5)) {
      case 0:
        set(undefined);
        break;
      case 1:
        set([value, structuredClone(value)]);
        break;
      case 2:
        set({ [wildText(draw)]: value });
        break;
      case 3:
        set(structuredClone(draw.pick(all).value));
        break;
      default:
        set(wildJson(draw));
    }
  }
  return root[0] ?? null;
}

/** As {@link mutateValue} on JSON text; undefined for what is none. Lone surrogates come out as escapes, as hostile clients send them. */
export function mutateJson(text: string, draw: Draw): string | undefined {
  try {
    return JSON.stringify(mutateValue(JSON.parse(text), draw));
  } catch {
    return undefined;
  }
}
