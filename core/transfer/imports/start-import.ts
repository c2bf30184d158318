import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { idempotencyKey } from '../../access/idempotency.ts';
import { requireAdministrator, requireProject } from '../../access/project-access.ts';
import type { ActionContext } from '../../access/viewer.ts';
import { readPageRequest, toPage, type Page } from '../../platform/page.ts';
import { ValidationError } from '../../platform/errors.ts';
import { isBelowAny, readStorePrefix, writeStorePrefix } from '../../platform/objects/store-prefix.ts';
import { storableText, validate } from '../../platform/validate.ts';
import { startTransfer } from '../start-transfer.ts';
import { transferItemTable } from '../table.ts';
import { requireTransfer, type Transfer } from '../transfer-row.ts';
import { existingLabelPolicies, transferFormats, type ImportInput, type ItemOutcome } from './import-facts.ts';
import { readImportUploads, receiveDirectUploads } from './import-uploads.ts';

const mostUploads = 10;

/** What an import or its preview reads, and how. */
export const sourceInput = z.object({
  projectId: z.string(),
  uploadIds: z.array(z.string()).max(mostUploads, `must hold at most ${mostUploads} uploads`).nullish(),
  serverFolder: storableText().max(4096).nullish(),
  storePrefix: storableText().max(1200).nullish(),
  format: z.enum(transferFormats).nullish(),
  labelSeparator: storableText().min(1).max(8, 'must have at most 8 characters').nullish(),
  splitFolders: z.boolean().nullish(),
  detection: z.boolean().nullish(),
});
const startInput = sourceInput.extend({
  existingLabels: z.enum(existingLabelPolicies).nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});

/**
 * Has a worker bring pictures and labels of uploads, of a folder below the import root of the workers or of a bucket of the store into a project. Editors; a folder
 * and a bucket only administrators. @throws {InvalidStateError} when an upload was not sent yet. @throws {ConflictError}
 */
export async function startImport(ctx: ActionContext, input: z.input<typeof startInput>): Promise<Transfer> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, idempotencyKey, existingLabels, ...source } = validate(startInput, input);
  const values = await checkSource(ctx, { projectId, ...source });
  const stored: ImportInput = { ...values, existingLabels: existingLabels ?? 'ADD' };
  return startTransfer(ctx, { projectId, kind: 'IMPORT', input: stored, idempotencyKey }, async (tx) => {
    await readImportUploads({ db: tx }, projectId, stored.uploadIds);
  });
}

/** The source as it is stored. @throws {ValidationError} {PermissionDeniedError} {NotFoundError} {InvalidStateError} */
export async function checkSource(
  ctx: ActionContext,
  { projectId, uploadIds, serverFolder, storePrefix, ...options }: z.output<typeof sourceInput>,
): Promise<Omit<ImportInput, 'existingLabels'>> {
  // Whoever may import what others have put somewhere can read it.
  if (serverFolder != null || storePrefix != null) requireAdministrator(ctx);
  const place = storePrefix == null ? undefined : readStorePrefix(storePrefix);
  if (storePrefix != null && !(place && isBelowAny(place, ctx.platform.config.importPrefixes)))
    throw new ValidationError([
      {
        path: ['input', 'storePrefix'],
        message: 'must be like s3://bucket/folder/, below one of EXEMPLAR_IMPORT_PREFIXES',
      },
    ]);
  if (!uploadIds?.length && serverFolder == null && storePrefix == null)
    throw new ValidationError([{ path: ['input', 'uploadIds'], message: 'must name at least one upload' }]);
  await receiveDirectUploads(ctx.platform, projectId, uploadIds ?? []);
  await readImportUploads(ctx.platform, projectId, uploadIds ?? []);
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value != null));
  return {
    ...said,
    uploadIds: uploadIds ?? [],
    ...(serverFolder != null && { serverFolder }),
    ...(place && { storePrefix: writeStorePrefix(place) }),
  };
}

export type TransferItemRow = typeof transferItemTable.$inferSelect;

/** What became of what an import found, in its order: 1 to 100 at a time after an index, of one outcome or all. */
export async function listImportItems(
  ctx: ActionContext,
  id: string,
  request: {
    readonly after: number | undefined;
    readonly first: number | null | undefined;
    readonly outcome: ItemOutcome | null | undefined;
  },
): Promise<Page<TransferItemRow>> {
  await requireTransfer(ctx, { kind: 'IMPORT', id }, 'VIEWER');
  const { limit } = readPageRequest({ first: request.first });
  const rows = await ctx.platform.db
    .select()
    .from(transferItemTable)
    .where(
      and(
        eq(transferItemTable.transferId, id),
        request.after === undefined ? undefined : gt(transferItemTable.index, request.after),
        request.outcome == null ? undefined : eq(transferItemTable.outcome, request.outcome),
      ),
    )
    .orderBy(asc(transferItemTable.index))
    .limit(limit + 1);
  return toPage(rows, limit);
}
