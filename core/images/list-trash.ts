import { and, desc, eq, sql } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import { readUserNames } from '../access/users.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Label } from '../labels/label-row.ts';
import { readTrashedLabels } from '../labels/label-trash.ts';
import { ValidationError } from '../platform/errors.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { isInTrash } from '../projects/trash.ts';
import type { Image } from './image-row.ts';
import { imageTable } from './table.ts';

export const trashKinds = ['IMAGE', 'LABEL'] as const;
export type TrashKind = (typeof trashKinds)[number];

export interface TrashItem {
  readonly item: { readonly image: Image } | { readonly label: Label };
  readonly deletedAt: Date;
  /** Null where the user is not known any more. */
  readonly deletedBy: { readonly userId: string; readonly userName: string } | null;
  /** Until then it can be restored. */
  readonly expiresAt: Date;
}

export interface TrashRequest extends PageRequest {
  readonly projectId: string;
  /** Left out = both. */
  readonly kind?: TrashKind | null | undefined;
}

/** What can be restored in the project, last deleted first. The cursor is {@link trashCursor}. */
export async function listTrash(ctx: ActionContext, request: TrashRequest): Promise<Page<TrashItem>> {
  const { projectId, kind } = request;
  await requireProject(ctx, projectId, 'VIEWER');
  const { limit } = readPageRequest({ first: request.first });
  const after = readCursor(request.after);
  const { db } = ctx.platform;
  const [images, labels] = await Promise.all([
    kind === 'LABEL'
      ? []
      : db
          .select()
          .from(imageTable)
          .where(
            and(
              eq(imageTable.projectId, projectId),
              isInTrash(imageTable, projectId),
              after &&
                sql`(${imageTable.deletedAt}, ${imageTable.id}) < (${after.deletedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
            ),
          )
          .orderBy(desc(imageTable.deletedAt), desc(imageTable.id))
          .limit(limit + 1),
    kind === 'IMAGE' ? [] : readTrashedLabels(db, projectId, after, limit + 1),
  ]);
  const rows = [
    ...images.map((image) => ({ row: image, item: { image } })),
    ...labels.map((label) => ({ row: label, item: { label } })),
  ];
  const { items, hasNextPage } = toPage(
    rows.sort((a, b) => b.row.deletedAt!.getTime() - a.row.deletedAt!.getTime() || (a.row.id < b.row.id ? 1 : -1)),
    limit,
  );
  const names = await readUserNames(
    db,
    items.flatMap(({ row }) => row.deletedBy ?? []),
  );
  return {
    items: items.map(({ item, row: { deletedAt, deletedBy, expiresAt } }) => ({
      item,
      deletedAt: deletedAt!,
      deletedBy: deletedBy && names.has(deletedBy) ? { userId: deletedBy, userName: names.get(deletedBy)! } : null,
      expiresAt: expiresAt!,
    })),
    hasNextPage,
  };
}

/** Place of an item in the order of the trash. */
export function trashCursor({ item, deletedAt }: TrashItem): string {
  return `${deletedAt.getTime()}.${'image' in item ? item.image.id : item.label.id}`;
}

function readCursor(cursor: string | null | undefined): { deletedAt: Date; id: string } | undefined {
  if (cursor == null) return undefined;
  const [, milliseconds, id] = /^(\d{1,15})\.(.*)$/.exec(cursor) ?? [];
  if (milliseconds === undefined || !isUuid(id!))
    throw new ValidationError([{ path: ['after'], message: 'is not a cursor of this list' }]);
  return { deletedAt: new Date(Number(milliseconds)), id: id! };
}
