/**
 * Picture indices so that each class comes once a round while it has pictures: wherever extraction is cut off, all classes are
 * covered alike.
 * @param labels class index of each picture; of pictures with several labels one of them, see `strataOf`. @returns order and the length of its first round.
 */
export function interleaveClasses(labels: Int32Array): { order: Int32Array; firstRound: number } {
  const seen = new Map<number, number>();
  const rounds = Array.from(labels, (label) => {
    const round = seen.get(label) ?? 0;
    seen.set(label, round + 1);
    return round;
  });
  const order = Int32Array.from(labels.keys()).sort(
    (a, b) => rounds[a]! - rounds[b]! || labels[a]! - labels[b]! || a - b,
  );
  return { order, firstRound: seen.size };
}
