import { exportParts, type ExportItem, type ExportItems } from '../export-items.ts';

/** Items that are in memory, as an export takes them. */
export function itemsOf(all: readonly ExportItem[]): ExportItems {
  return {
    count: all.length,
    parts: exportParts.filter((part) => all.some(({ split }) => split === part)),
    of: async function* (part) {
      yield* all.filter(({ split }) => split === part);
    },
  };
}

/** Everything that comes. */
export async function listOf<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of source) list.push(item);
  return list;
}
