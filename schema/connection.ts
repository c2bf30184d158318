import type { ArgBuilder, InterfaceRef, ObjectRef } from '@pothos/core';
import { ValidationError } from '#core/platform/errors.ts';
import type { Page } from '#core/platform/page.ts';
import { builder, type SchemaTypes } from './builder.ts';

interface ConnectionShape<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** A Relay connection type of its own name. */
export function connectionType<T>(
  node:
    | ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, T>
    | InterfaceRef<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, T>,
  name: string,
) {
  return builder.connectionObject(
    { type: node, name: `${name}Connection`, description: `A page of a list of ${name}.` },
    { name: `${name}Edge`, description: `One ${name} of a page, with its cursor.` },
  );
}

/** `first` and `after` of every connection field. */
export function pageArgs(arg: ArgBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>) {
  return {
    first: arg.int({ description: 'Page size, 1 to 100.', defaultValue: 20 }),
    after: arg.string({ description: '`endCursor` of the page before.' }),
  };
}

/** `first` and `after` of the connections to a log. */
export function eventPageArgs(arg: ArgBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>) {
  return {
    first: arg.int({ description: 'Page size, 1 to 100.', defaultValue: 20 }),
    after: arg.string({
      description: '`endCursor` of the page before, or the sequence number of the last event you have.',
    }),
  };
}

/** The sequence number that is the cursor of a log. @throws {ValidationError} */
export function readSequence(after: string | null | undefined): number {
  if (after == null) return 0;
  if (!/^\d{1,10}$/.test(after))
    throw new ValidationError([{ path: ['after'], message: 'must be 0 or a sequence number' }]);
  return Number(after);
}

/** A page costs as much as it holds: `nodes` and `edges` count the plugin's fixed ten by themselves. */
export const pageComplexity = (args: { first?: number | null | undefined }) => ({
  field: 1,
  multiplier: Math.max(1, args.first ?? 20) / 10,
});

/** Turns a page of core into the shape of a connection; the cursor is the item's key. */
export function toConnection<T>(
  page: Page<T>,
  after: string | null | undefined,
  cursorOf: (item: T) => string,
): ConnectionShape<T> {
  const edges = page.items.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: page.endCursor ?? edges.at(-1)?.cursor ?? null,
    },
  };
}
