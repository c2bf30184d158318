/**
 * Weights that let each class count as much as any other: total/(classes x count), scikit-learn's `class_weight='balanced'`, over the
 * classes that have pictures; a class without any gets 0. A class of a handful of pictures would otherwise steer the whole training,
 * hence the cap.
 * @param labels class indices. @param largestWeight the cap. @returns [classCount].
 */
export function balancingClassWeights(labels: Int32Array, classCount: number, largestWeight = 10): Float32Array {
  const counts = new Uint32Array(classCount);
  for (const label of labels) counts[label]! += 1;
  const present = counts.reduce((classes, count) => classes + (count > 0 ? 1 : 0), 0);
  return Float32Array.from(counts, (count) =>
    count === 0 ? 0 : Math.min(largestWeight, labels.length / (present * count)),
  );
}
