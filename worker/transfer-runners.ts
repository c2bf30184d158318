import { runExport } from '#core/transfer/exports/run-export.ts';
import { runImport } from '#core/transfer/imports/run-import.ts';
import type { TransferKind } from '#core/transfer/transfer-facts.ts';
import type { TransferRunner } from '#core/transfer/transfer-run.ts';
import { exportModel } from './model-export/export-model.ts';

/** What does each kind of transfer. */
export const transferRunners: Partial<Record<TransferKind, TransferRunner>> = {
  IMPORT: runImport,
  EXPORT: runExport,
  MODEL_EXPORT: exportModel,
};
