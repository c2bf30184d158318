import type { PictureSource } from '#engine/features/picture-source.ts';
import { drawPicture, drawScene } from './pictures.ts';

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

/** Drawn pictures of three things, each there or not, in all combinations in turn; also none of them. */
export async function sceneSource(count: number, firstNumber = 0): Promise<PictureSource> {
  const carried = Array.from({ length: count }, (_, index) => [0, 1, 2].map((bit) => ((index >> bit) & 1) === 1));
  const pictures = await Promise.all(carried.map((each, index) => drawScene(each, firstNumber + index)));
  return {
    ...sourceOf(pictures, []),
    labels: Uint8Array.from(carried.flat(), (each) => (each ? 1 : 0)),
    keyOf: (index) => `scene-${firstNumber + index}`,
  };
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
