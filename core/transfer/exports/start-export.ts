import { z } from 'zod';
import { idempotencyKey } from '../../access/idempotency.ts';
import { requireProject } from '../../access/project-access.ts';
import type { ActionContext } from '../../access/viewer.ts';
import { getDatasetVersion } from '../../datasets/dataset-versions.ts';
import { NotFoundError } from '../../platform/errors.ts';
import { validate } from '../../platform/validate.ts';
import { startTransfer } from '../start-transfer.ts';
import type { Transfer } from '../transfer-row.ts';
import type { ExportInput } from './export-facts.ts';
import { exportFormats } from './export-plan.ts';

const startInput = z
  .object({
    projectId: z.string(),
    datasetVersionId: z.string().nullish(),
    format: z.enum(exportFormats),
    includeImages: z.boolean().nullish(),
    includeUnlabelled: z.boolean().nullish(),
    sourcePrefix: z
      .string()
      .max(1024, 'must have at most 1,024 characters')
      .regex(/^\P{C}*$/u, 'must not hold control characters')
      .nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(({ format, includeImages }) => format !== 'FOLDERS' || includeImages !== false, {
    path: ['includeImages'],
    message: 'must not be false for FOLDERS, which are nothing but images',
  })
  .refine(({ format, sourcePrefix }) => format !== 'FOLDERS' || !sourcePrefix, {
    path: ['sourcePrefix'],
    message: 'must not be given for FOLDERS, where no document names the images',
  })
  .refine(({ datasetVersionId, includeUnlabelled }) => datasetVersionId == null || !includeUnlabelled, {
    path: ['includeUnlabelled'],
    message: 'must not be true with a dataset version, which has labelled images only',
  });

/**
 * Has a worker make an archive of a dataset version or, without one, of the project's labels as they are then.
 * @throws {NotFoundError} {ValidationError} {ConflictError} of the idempotency key.
 */
export async function startExport(ctx: ActionContext, input: z.input<typeof startInput>): Promise<Transfer> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, datasetVersionId, format, idempotencyKey: key, ...options } = validate(startInput, input);
  if (datasetVersionId != null) {
    const version = await getDatasetVersion(ctx, datasetVersionId);
    if (version.projectId !== projectId) throw new NotFoundError('DatasetVersion', datasetVersionId);
  }
  const exported: ExportInput = {
    datasetVersionId: datasetVersionId ?? null,
    format,
    includeImages: options.includeImages ?? true,
    includeUnlabelled: options.includeUnlabelled ?? false,
    sourcePrefix: options.sourcePrefix ?? '',
  };
  return startTransfer(ctx, { projectId, kind: 'EXPORT', input: exported, idempotencyKey: key });
}
