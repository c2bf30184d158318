import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { getModelVersion } from '../models/model-versions.ts';
import { validate } from '../platform/validate.ts';
import {
  modelExportFormats,
  modelExportRecipe,
  type ModelExportInput,
  type ModelExportResult,
} from './model-export-facts.ts';
import { startTransfer } from './start-transfer.ts';
import { transferTable } from './table.ts';
import type { Transfer } from './transfer-row.ts';

const startModelExportInput = z.object({
  modelVersionId: z.string(),
  format: z.enum(modelExportFormats),
  idempotencyKey: z.string().max(255).nullish(),
});

/**
 * Has a worker make the bundle of a model version, to be taken away. A version has one bundle: whoever asks again gets the export that waits,
 * runs or is done, as long as its bytes are there. @throws {NotFoundError} {PermissionDeniedError}
 */
export async function startModelExport(
  ctx: ActionContext,
  input: z.input<typeof startModelExportInput>,
): Promise<Transfer> {
  const { modelVersionId, format, idempotencyKey } = validate(startModelExportInput, input);
  const { projectId, id } = await getModelVersion(ctx, modelVersionId);
  await requireProject(ctx, projectId, 'EDITOR');
  const wanted: ModelExportInput = { modelVersionId: id, format, recipe: modelExportRecipe };
  return (
    (await findModelExport(ctx, projectId, wanted)) ??
    startTransfer(ctx, { projectId, kind: 'MODEL_EXPORT', input: wanted, idempotencyKey })
  );
}

/** Two who ask for the first time at once may both start one: the second makes the same bytes again. */
async function findModelExport(
  { platform }: ActionContext,
  projectId: string,
  input: ModelExportInput,
): Promise<Transfer | undefined> {
  const [found] = await platform.db
    .select()
    .from(transferTable)
    .where(
      and(
        eq(transferTable.projectId, projectId),
        eq(transferTable.kind, 'MODEL_EXPORT'),
        inArray(transferTable.state, ['QUEUED', 'RUNNING', 'COMPLETED']),
        eq(transferTable.cancelRequested, false),
        eq(transferTable.input, sql`${JSON.stringify(input)}::jsonb`),
      ),
    )
    .orderBy(desc(transferTable.id))
    .limit(1);
  if (found?.state !== 'COMPLETED') return found;
  const { key } = found.result as ModelExportResult;
  return (await platform.objects.size(key)) === undefined ? undefined : found;
}
