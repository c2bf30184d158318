import { expect } from 'vitest';
import type { TransferItem } from '../item.ts';
import type { LossKind } from '../losses.ts';

/** The items without what the losses name. */
function without(items: readonly TransferItem[], kinds: ReadonlySet<LossKind>): unknown[] {
  return items.map(({ line: _line, hard, ...item }) => ({
    source: kinds.has('SOURCE') ? '' : item.source,
    split: kinds.has('SPLIT') ? null : item.split,
    hard: kinds.has('HARD') ? undefined : hard,
    labels: item.labels.slice(0, kinds.has('FURTHER_LABELS') ? 1 : undefined).map((label) => ({
      name: label.name,
      annotatedBy: kinds.has('ANNOTATED_BY') ? undefined : label.annotatedBy,
      confidence: kinds.has('CONFIDENCE') ? undefined : label.confidence,
      createdAt: kinds.has('CREATED_AT') ? undefined : label.createdAt,
    })),
  }));
}

/** Nothing but the losses is lost, and each of the losses is. */
export function expectKept(
  written: readonly TransferItem[],
  read: readonly TransferItem[],
  losses: Iterable<LossKind>,
): void {
  const kinds = new Set(losses);
  kinds.delete('TARGET_RULES');
  expect(without(read, kinds)).toEqual(without(written, kinds));
  for (const kind of kinds) {
    const others = new Set([...kinds].filter((other) => other !== kind));
    expect(without(read, others), `${kind} is no loss`).not.toEqual(without(written, others));
  }
}
