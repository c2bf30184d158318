import { Draw } from './draw.ts';

export interface FuzzCase {
  readonly index: number;
  readonly draw: Draw;
}

/** `npm run fuzz` says them; the tests of every day run the same cases each time. */
const seconds = Number(process.env['EXEMPLAR_FUZZ_SECONDS'] ?? 0);
const seed = Number(process.env['EXEMPLAR_FUZZ_SEED'] ?? 1);
/** One case alone, to look into it. */
const only = process.env['EXEMPLAR_FUZZ_CASE'];

/** For vitest: long enough for all cases, whatever the load of the machine. */
export const fuzzMilliseconds = seconds * 1000 + 240_000;

/** `count` cases, or as many as fit into the seconds of `npm run fuzz`; `target` keeps the draws of different targets apart. */
export function* fuzzCases(target: number, count: number): Generator<FuzzCase, void> {
  const caseOf = (index: number) => ({ index, draw: new Draw(seed, target, index) });
  if (only !== undefined) {
    yield caseOf(Number(only));
    return;
  }
  const until = performance.now() + seconds * 1000;
  for (let index = 0; seconds > 0 ? performance.now() < until : index < count; index++) yield caseOf(index);
}
