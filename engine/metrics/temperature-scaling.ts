/** Bounds of the search; closed-form heads are often too unsure by a factor of 5. */
const smallestTemperature = 0.02;
const largestTemperature = 20;
/** Of the logarithm: a thousandth of the temperature. */
const tolerance = 1e-3;

/**
 * The one temperature that logits are to be divided by (Guo et al., "On calibration of modern neural networks", 2017): the most likely one
 * for pictures of which 1/(count + 2) may be labelled otherwise, as Platt's targets for fitting probabilities on few pictures allow
 * ("Probabilistic outputs for support vector machines", 1999). So a few pictures that are all right are no reason to be sure of everything.
 * Classes keep their order, so that no answer changes. The negative log likelihood is convex in 1/temperature and therefore has one valley
 * in its logarithm, which golden-section search closes in on from 0.02..20 (Kiefer, "Sequential minimax search for a maximum", 1953).
 * @param actual [count], class indices. @param logits [count, classCount], row-major; see `logitsOf` for probabilities.
 * @returns 1 where no other is better.
 */
export function scaleTemperature(actual: Int32Array, logits: Float32Array, classCount: number): number {
  if (actual.length === 0) return 1;
  const lossAt = (logarithm: number) => smoothedLoss(actual, logits, classCount, Math.exp(-logarithm));
  const logarithm = goldenSection(lossAt, Math.log(smallestTemperature), Math.log(largestTemperature));
  return lossAt(logarithm) < lossAt(0) ? Math.exp(logarithm) : 1;
}

/** Sum over pictures of ln sum exp(beta z) - beta z expected; unlike probabilities it has no floor that would hide the slope. */
function smoothedLoss(actual: Int32Array, logits: Float32Array, classCount: number, beta: number): number {
  const doubt = 1 / (actual.length + 2);
  let total = 0;
  actual.forEach((label, index) => {
    const start = index * classCount;
    let largest = -Infinity;
    let sum = 0;
    for (let at = start; at < start + classCount; at++) {
      largest = Math.max(largest, logits[at]!);
      sum += logits[at]!;
    }
    let powers = 0;
    for (let at = start; at < start + classCount; at++) powers += Math.exp(beta * (logits[at]! - largest));
    const expected = (1 - doubt) * logits[start + label]! + (doubt * sum) / classCount;
    total += Math.log(powers) + beta * (largest - expected);
  });
  return total;
}

function goldenSection(valueAt: (x: number) => number, from: number, to: number): number {
  const section = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let left = high - section * (high - low);
  let right = low + section * (high - low);
  let [leftValue, rightValue] = [valueAt(left), valueAt(right)];
  while (high - low > tolerance) {
    if (leftValue <= rightValue) {
      high = right;
      [right, rightValue] = [left, leftValue];
      left = high - section * (high - low);
      leftValue = valueAt(left);
    } else {
      low = left;
      [left, leftValue] = [right, rightValue];
      right = low + section * (high - low);
      rightValue = valueAt(right);
    }
  }
  return (low + high) / 2;
}
