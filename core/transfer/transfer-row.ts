import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { requireProject, requireProjectOf, type ProjectRole } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { transferTable } from './table.ts';
import { transferTypeNames, type TransferKind } from './transfer-facts.ts';

export type Transfer = typeof transferTable.$inferSelect;

/** Names a transfer: its kind is part of its global id. */
export interface TransferRef {
  readonly kind: TransferKind;
  readonly id: string;
}

/** The transfer, once the viewer's role in its project is checked. @throws {NotFoundError} also when it is of another kind. */
export async function requireTransfer(
  ctx: ActionContext,
  { kind, id }: TransferRef,
  role: ProjectRole,
): Promise<Transfer> {
  const [transfer] = isUuid(id)
    ? await ctx.platform.db
        .select()
        .from(transferTable)
        .where(and(eq(transferTable.id, id), eq(transferTable.kind, kind)))
    : [];
  await requireProjectOf(ctx, transferTypeNames[kind], id, transfer?.projectId, role);
  return transfer!;
}

/** @throws {NotFoundError} */
export async function getTransfer(ctx: ActionContext, ref: TransferRef): Promise<Transfer> {
  return requireTransfer(ctx, ref, 'VIEWER');
}

/** Newest first. */
export async function listTransfers(
  ctx: ActionContext,
  request: PageRequest & { projectId: string },
): Promise<Page<Transfer>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(transferTable)
    .where(
      and(
        eq(transferTable.projectId, request.projectId),
        after === undefined ? undefined : lt(transferTable.id, after),
      ),
    )
    .orderBy(desc(transferTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** Column values of a transfer that has reached its end. */
export const finishedTransfer = { finishedAt: sql`now()`, progress: null } as const;

/** Where what a transfer leaves lies in the object store; goes with the project. */
export const transferPrefix = ({ projectId, id }: Pick<Transfer, 'projectId' | 'id'>): string =>
  `projects/${projectId}/transfers/${id}/`;
