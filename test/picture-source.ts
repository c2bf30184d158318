import type { PictureSource } from '#engine/features/picture-source.ts';
import { drawPicture } from './pictures.ts';

/** Drawn pictures of some classes, one class after another; picture `index` has class `floor(index / perClass)`. */
export async function drawnSource(classes: number, perClass: number, firstNumber = 0): Promise<PictureSource> {
  const pictures = await Promise.all(
    Array.from({ length: classes * perClass }, (_, index) =>
      drawPicture(Math.floor(index / perClass), firstNumber + (index % perClass)),
    ),
  );
  return sourceOf(
    pictures,
    pictures.map((_, index) => Math.floor(index / perClass)),
  );
}

/** An entry that is an error is what its loading fails with. */
export function sourceOf(pictures: readonly (Buffer | Error)[], labels: readonly number[]): PictureSource {
  return {
    count: pictures.length,
    labels: Int32Array.from(labels),
    load: async (index) => {
      const picture = pictures[index]!;
      if (picture instanceof Error) throw picture;
      return picture;
    },
  };
}

/** Nothing stops. */
export const noStop = {
  deadline: Infinity,
  cancelSignal: new AbortController().signal,
  keepSignal: new AbortController().signal,
};

/** Everything that a generator yields, and what it returns. */
export async function drain<T, R>(generator: AsyncGenerator<T, R>): Promise<{ events: T[]; result: R }> {
  const events: T[] = [];
  for (;;) {
    const next = await generator.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}
