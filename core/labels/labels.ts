import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../platform/database.ts';
import { appendProjectEvents, wakeProjectWatchers } from '../projects/project-events.ts';
import type { LabelChange } from '../projects/project-facts.ts';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { LimitExceededError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import { loadAllLabels, type Label } from './label-row.ts';
import { labelTable } from './table.ts';

/** More classes than this make neither a usable screen nor a trainable project of the sizes we serve. */
export const maximumLabels = 1000;

/** Twelve colours that stay apart on white and on black, in turn. */
export const labelPalette = [
  '#E6194B',
  '#3CB44B',
  '#4363D8',
  '#F58231',
  '#911EB4',
  '#008080',
  '#9A6324',
  '#800000',
  '#808000',
  '#000075',
  '#F032E6',
  '#469990',
];

/** Any Unicode, normalised to NFC so that equal-looking names are equal; no control characters; 1 to `maximumLength` characters. */
export function labelNameSchema(maximumLength: number) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text.length > 0, 'must not be empty')
    .refine((text) => [...text].length <= maximumLength, `must have at most ${maximumLength} characters`)
    .refine((text) => !/\p{Cc}/u.test(text), 'must not hold control characters');
}
const color = z
  .string()
  .regex(/^#[0-9A-Fa-f]{6}$/, 'must look like #1A2B3C')
  .transform((text) => text.toUpperCase());
const shortcut = z
  .string()
  .refine((text) => [...text].length === 1 && !/[\p{Z}\p{C}]/u.test(text), 'must be one visible character');

export interface CreateLabelInput {
  projectId: string;
  name: string;
  color?: string | null | undefined;
  shortcut?: string | null | undefined;
}

/** A new class. Without a colour it gets the next one of a palette. */
export async function createLabel(ctx: ActionContext, input: CreateLabelInput): Promise<Label> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { db, config } = ctx.platform;
  const values = validate(
    z.object({
      name: labelNameSchema(config.limits.labelLength),
      color: color.nullish(),
      shortcut: shortcut.nullish(),
    }),
    input,
  );
  const created = await mappingConstraints(() =>
    db.transaction(async (tx) => {
      await lockProject(tx, input.projectId);
      const used = await countLabels(tx, input.projectId);
      if (used >= maximumLabels) throw new LimitExceededError('Labels of the project', maximumLabels, used + 1);
      const [label] = await tx
        .insert(labelTable)
        .values({
          projectId: input.projectId,
          name: values.name,
          color: values.color ?? labelPalette[used % labelPalette.length]!,
          shortcut: values.shortcut ?? null,
        })
        .returning();
      await announceLabel(tx, label!, 'CREATED');
      return label!;
    }),
  );
  wakeProjectWatchers(ctx.platform, input.projectId);
  return created;
}

export interface UpdateLabelInput {
  /** Left out or null = kept. */
  name?: string | null | undefined;
  color?: string | null | undefined;
  /** Left out = kept, null = none. */
  shortcut?: string | null | undefined;
}

/** Renames (on all images at once, since they refer to the label's id), recolours, sets the shortcut. */
export async function updateLabel(ctx: ActionContext, labelId: string, input: UpdateLabelInput): Promise<Label> {
  const { projectId } = await requireLabel(ctx, labelId, 'EDITOR');
  const values = validate(
    z.object({
      name: labelNameSchema(ctx.platform.config.limits.labelLength).nullish(),
      color: color.nullish(),
      shortcut: shortcut.nullish(),
    }),
    input,
  );
  const changes = {
    ...(values.name != null && { name: values.name }),
    ...(values.color != null && { color: values.color }),
    ...(values.shortcut !== undefined && { shortcut: values.shortcut }),
  };
  if (Object.keys(changes).length > 0)
    await mappingConstraints(() =>
      ctx.platform.db.transaction(async (tx) => {
        await lockProject(tx, projectId);
        const [label] = await tx
          .update(labelTable)
          .set(changes)
          .where(and(eq(labelTable.id, labelId), isNull(labelTable.deletedAt)))
          .returning();
        if (label) await announceLabel(tx, label, 'UPDATED');
      }),
    );
  wakeProjectWatchers(ctx.platform, projectId);
  return requireLabel(ctx, labelId, 'EDITOR');
}

export const countLabels = (tx: Transaction, projectId: string): Promise<number> =>
  tx.$count(labelTable, and(eq(labelTable.projectId, projectId), isNull(labelTable.deletedAt)));

export const announceLabel = (
  tx: Transaction,
  { projectId, id: labelId, name }: Label,
  change: LabelChange,
): Promise<void> => appendProjectEvents(tx, projectId, [{ type: 'LABEL_CHANGED', change, labelId, name }]);

/** All labels of the project, in class order. */
export async function listLabels(ctx: ActionContext, projectId: string): Promise<readonly Label[]> {
  await requireProject(ctx, projectId, 'VIEWER');
  return loadAllLabels(ctx.platform.db, projectId);
}

export async function getLabel(ctx: ActionContext, labelId: string): Promise<Label> {
  return requireLabel(ctx, labelId, 'VIEWER');
}

/** The label, once the viewer's role in its project is checked. @throws {NotFoundError} */
export async function requireLabel(
  ctx: ActionContext,
  labelId: string,
  role: Parameters<typeof requireProject>[2],
): Promise<Label> {
  const [label] = isUuid(labelId)
    ? await ctx.platform.db
        .select()
        .from(labelTable)
        .where(and(eq(labelTable.id, labelId), isNull(labelTable.deletedAt)))
    : [];
  await requireProjectOf(ctx, 'Label', labelId, label?.projectId, role);
  return label!;
}
