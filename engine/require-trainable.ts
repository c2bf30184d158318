import { isMultiLabel, pictureCount } from './labels/labels.ts';
import type { TrainOptions } from './train.ts';

/** @throws {RangeError} that names the option. */
export function requireTrainable({ classes, train, validation, test, seed }: TrainOptions): void {
  if (classes.length < 2) throw new RangeError(`classes: at least two are needed, not ${classes.length}`);
  if (new Set(classes.map(({ id }) => id)).size !== classes.length) throw new RangeError('classes: an id occurs twice');
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(`seed: ${seed} is not an unsigned 32-bit integer`);
  for (const [side, source] of Object.entries({ train, validation, ...(test && test.count > 0 && { test }) })) {
    if (source.count === 0) throw new RangeError(`${side}: there are no pictures`);
    const { labels } = source;
    const isMulti = isMultiLabel(labels);
    if (isMulti !== isMultiLabel(train.labels))
      throw new RangeError(`${side}: one source has one class for each picture, the other any number of labels`);
    if (pictureCount(labels, classes.length) !== source.count)
      throw new RangeError(`${side}: ${labels.length} labels for ${source.count} pictures`);
    const largest = isMulti ? 1 : classes.length - 1;
    const wrong = labels.findIndex((label) => label < 0 || label > largest);
    if (wrong !== -1 && isMulti) throw new RangeError(`${side}: ${labels[wrong]} among the labels is neither 0 nor 1`);
    if (wrong !== -1) throw new RangeError(`${side}: picture ${wrong} has class ${labels[wrong]} of ${classes.length}`);
  }
}
