import type { TransferLoss } from '../formats/losses.ts';
import type { Transfer } from '../transfer-row.ts';
import type { ExportFormat } from './export-plan.ts';

/** What was asked for, as the row of the transfer holds it. */
export interface ExportInput {
  /** Null = the labels as they are when the export is made. */
  readonly datasetVersionId: string | null;
  readonly format: ExportFormat;
  readonly includeImages: boolean;
  readonly includeUnlabelled: boolean;
  readonly sourcePrefix: string;
}

export interface ExportResult {
  /** Of the archive in the object store. */
  readonly key: string;
  readonly byteSize: number;
  readonly imageCount: number;
  /** ISO 8601: of which moment the labels are. */
  readonly labelsOf: string;
  readonly losses: readonly TransferLoss[];
}

export const exportInput = (transfer: Pick<Transfer, 'input'>): ExportInput => transfer.input as ExportInput;

/** Null before the export is complete. */
export const exportResult = (transfer: Pick<Transfer, 'result'>): ExportResult | null =>
  transfer.result as ExportResult | null;
