/**
 * What pictures show. `Int32Array` [count]: each is of one class, its index. `Uint8Array` [count, classCount], row-major: each carries
 * the labels whose column is 1, any number of them; the others are 0.
 */
export type Labels = Int32Array | Uint8Array;

/** Whether a picture may carry any number of labels, each told on its own. */
export function isMultiLabel(labels: Labels): labels is Uint8Array {
  return labels instanceof Uint8Array;
}

/** How many pictures the labels are of. */
export function pictureCount(labels: Labels, classCount: number): number {
  return isMultiLabel(labels) ? labels.length / classCount : labels.length;
}

export function carries(labels: Labels, classCount: number, picture: number, classIndex: number): boolean {
  return isMultiLabel(labels) ? labels[picture * classCount + classIndex] === 1 : labels[picture] === classIndex;
}

/** Pictures of each class. @returns [classCount]. */
export function classCounts(labels: Labels, classCount: number): Uint32Array {
  const counts = new Uint32Array(classCount);
  if (isMultiLabel(labels))
    labels.forEach((carried, at) => {
      counts[at % classCount]! += carried;
    });
  else for (const label of labels) counts[label]! += 1;
  return counts;
}

/** Labels of some pictures, in their order; a picture may come twice. */
export function pickLabels(labels: Labels, classCount: number, pictures: Int32Array): Labels {
  if (!isMultiLabel(labels)) return pictures.map((picture) => labels[picture]!);
  const picked = new Uint8Array(pictures.length * classCount);
  pictures.forEach((picture, at) =>
    picked.set(labels.subarray(picture * classCount, (picture + 1) * classCount), at * classCount),
  );
  return picked;
}

/** Labels of the first pictures and then of the second; both of one kind. */
export function joinLabels(first: Labels, second: Labels): Labels {
  const joined = isMultiLabel(first)
    ? new Uint8Array(first.length + second.length)
    : new Int32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/**
 * One class for each picture, by which pictures can be dealt out evenly: its own, or the rarest of those it carries (`classCount` where it
 * carries none), so that rare labels are spread before common ones.
 */
export function strataOf(labels: Labels, classCount: number): Int32Array {
  if (!isMultiLabel(labels)) return labels;
  const counts = classCounts(labels, classCount);
  return Int32Array.from({ length: pictureCount(labels, classCount) }, (_, picture) => {
    let rarest = classCount;
    for (let index = 0; index < classCount; index++)
      if (carries(labels, classCount, picture, index) && (rarest === classCount || counts[index]! < counts[rarest]!))
        rarest = index;
    return rarest;
  });
}

/**
 * What a loss learns from. Of one class: (1 - smoothing) on it and the rest spread over all classes (Szegedy et al., "Rethinking the
 * Inception architecture", 2016); of any: each label on its own, 1 and 0 moved towards 1/2 by half the smoothing.
 * @param smoothing 0..1. @returns [pictures, classCount], row-major.
 */
export function targetsOf(labels: Labels, classCount: number, smoothing: number): Float32Array {
  if (isMultiLabel(labels)) return Float32Array.from(labels, (carried) => carried * (1 - smoothing) + smoothing / 2);
  const targets = new Float32Array(labels.length * classCount).fill(smoothing / classCount);
  labels.forEach((label, picture) => {
    targets[picture * classCount + label]! += 1 - smoothing;
  });
  return targets;
}
