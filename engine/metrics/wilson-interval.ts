import type { Evaluation } from './evaluation.ts';
import type { Interval } from './interval.ts';

/** 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's score interval of a share, which stays inside 0..1 and is right for few pictures too (Wilson, "Probable inference, the law of
 * succession, and statistical inference", 1927; Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", 2001):
 * (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
 * @param successes 0..count. @returns 0..1 when nothing was counted.
 */
export function wilsonInterval(successes: number, count: number): Interval {
  if (count === 0) return { lower: 0, upper: 1 };
  const share = successes / count;
  const centre = share + (z * z) / (2 * count);
  const half = z * Math.sqrt((share * (1 - share)) / count + ((z / count) * z) / count / 4);
  const scale = 1 + (z * z) / count;
  // Exactly 0 and 1 at the ends, where rounding would leave a little less.
  return {
    lower: successes === 0 ? 0 : (centre - half) / scale,
    upper: successes === count ? 1 : (centre + half) / scale,
  };
}

export interface EvaluationIntervals {
  readonly accuracy: Interval;
  /** In class order; 0..1 for the recall of a class without pictures and the precision of one that was never said. */
  readonly classes: readonly { readonly precision: Interval; readonly recall: Interval }[];
}

/** How far the shares in an evaluation can be trusted, given how many pictures stand behind each. */
export function evaluationIntervals({ accuracy, count, classStatistics }: Evaluation): EvaluationIntervals {
  return {
    accuracy: wilsonInterval(Math.round(accuracy * count), count),
    classes: classStatistics.map(({ truePositives, predictedCount, support }) => ({
      precision: wilsonInterval(truePositives, predictedCount),
      recall: wilsonInterval(truePositives, support),
    })),
  };
}
