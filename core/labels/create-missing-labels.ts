import type { Transaction } from '../platform/database.ts';
import { LimitExceededError } from '../platform/errors.ts';
import { readAllLabels } from './label-row.ts';
import { announceLabel, labelPalette, maximumLabels } from './labels.ts';
import { labelTable } from './table.ts';

/**
 * Makes the labels of these names that the project does not have; the caller holds its lock. @param names as `labelNameSchema` gives them, each
 * once. Returns the ids in their order, and how many are new. @throws {LimitExceededError}
 */
export async function createMissingLabels(
  tx: Transaction,
  projectId: string,
  names: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly created: number }> {
  const labels = await readAllLabels(tx, projectId);
  const ids = new Map(labels.map((label) => [label.name, label.id]));
  const missing = names.filter((name) => !ids.has(name));
  const count = labels.length + missing.length;
  if (count > maximumLabels) throw new LimitExceededError('Labels of the project', maximumLabels, count);
  for (const [index, name] of missing.entries()) {
    const color = labelPalette[(labels.length + index) % labelPalette.length]!;
    const [label] = await tx.insert(labelTable).values({ projectId, name, color }).returning();
    await announceLabel(tx, label!, 'CREATED');
    ids.set(name, label!.id);
  }
  return { ids: names.map((name) => ids.get(name)!), created: missing.length };
}
