import type { TrainOptions } from './train.ts';

/** @throws {RangeError} that names the option. */
export function requireTrainable({ classes, train, validation, seed }: TrainOptions): void {
  if (classes.length < 2) throw new RangeError(`classes: at least two are needed, not ${classes.length}`);
  if (new Set(classes.map(({ id }) => id)).size !== classes.length) throw new RangeError('classes: an id occurs twice');
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(`seed: ${seed} is not an unsigned 32-bit integer`);
  for (const [side, source] of Object.entries({ train, validation })) {
    if (source.count === 0) throw new RangeError(`${side}: there are no pictures`);
    if (source.labels.length !== source.count)
      throw new RangeError(`${side}: ${source.labels.length} labels for ${source.count} pictures`);
    const wrong = source.labels.findIndex((label) => label < 0 || label >= classes.length);
    if (wrong !== -1)
      throw new RangeError(`${side}: picture ${wrong} has class ${source.labels[wrong]} of ${classes.length}`);
  }
}
