import { carries, pictureCount, type Labels } from '../labels/labels.ts';
import { random } from '../random/random.ts';
import type { Interval } from './interval.ts';
import { precisionRecallF1 } from './precision-recall-f1.ts';

const resamples = 1000;

/**
 * Percentile bootstrap of macro F1 (Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13): as many pictures are
 * drawn with replacement, 1,000 times; the interval holds the middle 95 % of what macro F1 comes out. F1 is no share, so that there is
 * no formula for it. Takes about 20 ns a picture and resample, for each label that it carries or is said to carry.
 * @param actual what the pictures show. @param predicted what was said of them. @param seed unsigned 32-bit.
 * @returns 0..1 for no pictures.
 */
export function macroF1Interval(actual: Labels, predicted: Labels, classCount: number, seed: number): Interval {
  const count = pictureCount(actual, classCount);
  if (count === 0) return { lower: 0, upper: 1 };
  const concerned = Array.from({ length: count }, (_, picture) =>
    concernedClasses(actual, predicted, classCount, picture),
  );
  const draw = random(seed);
  const drawn = new Float64Array(resamples);
  const counts = new Int32Array(classCount * 3);
  for (let resample = 0; resample < resamples; resample++) {
    counts.fill(0);
    for (let picture = 0; picture < count; picture++)
      for (const { at, support, said } of concerned[draw.integer(count)]!) {
        counts[at]! += support & said;
        counts[at + 1]! += said;
        counts[at + 2]! += support;
      }
    drawn[resample] = macroF1(counts, classCount);
  }
  drawn.sort();
  return { lower: quantile(drawn, 0.025), upper: quantile(drawn, 0.975) };
}

/** Where one picture changes the counts: TP, said and support of each class that it carries or is said to carry. */
function concernedClasses(actual: Labels, predicted: Labels, classCount: number, picture: number) {
  return Array.from({ length: classCount }, (_, index) => ({
    at: index * 3,
    support: carries(actual, classCount, picture, index) ? 1 : 0,
    said: carries(predicted, classCount, picture, index) ? 1 : 0,
  })).filter(({ support, said }) => support + said > 0);
}

function macroF1(counts: Int32Array, classCount: number): number {
  let total = 0;
  for (let at = 0; at < counts.length; at += 3)
    total += precisionRecallF1(counts[at]!, counts[at + 1]!, counts[at + 2]!).f1;
  return total / classCount;
}

/** Between the two nearest of ascending values. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
