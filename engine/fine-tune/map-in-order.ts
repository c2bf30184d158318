/** Runs `work` for every item, starting them in order, at most `inFlight` at once. */
export async function mapInOrder(
  items: Int32Array,
  inFlight: number,
  work: (item: number, position: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const workOff = async () => {
    while (next < items.length) {
      const position = next++;
      await work(items[position]!, position);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, workOff));
}
