import type { TransferKind } from '#core/transfer/transfer-facts.ts';
import type { TransferRunner } from '#core/transfer/transfer-run.ts';
import { exportModel } from './model-export/export-model.ts';

/** What does each kind of transfer. */
export const transferRunners: Partial<Record<TransferKind, TransferRunner>> = { MODEL_EXPORT: exportModel };
