/** What people can take away. */
export const modelExportFormats = ['ONNX'] as const;
export type ModelExportFormat = (typeof modelExportFormats)[number];

/** Counted up when the same version would give another bundle, so that an older one is not handed out for it. */
export const modelExportRecipe = 1;

export interface ModelExportInput {
  readonly modelVersionId: string;
  readonly format: ModelExportFormat;
  readonly recipe: number;
}

/** Whether the 8-bit variant went along. */
export interface Int8Outcome {
  readonly bytes: number;
  /** Share of right answers to the pictures that were asked about, 0..1. */
  readonly accuracy: number;
  /** Of the float32 file's accuracy minus its own; negative where it happens to be better. */
  readonly drop: number;
  readonly allowedDrop: number;
  readonly isIncluded: boolean;
}

/** What an export of a model leaves. */
export interface ModelExportResult {
  /** In the object store. */
  readonly key: string;
  readonly bytes: number;
  /** Of the ZIP file, hexadecimal: the same version gives the same bytes. */
  readonly sha256: string;
  readonly modelBytes: number;
  /** Validation images that the server and the exported file were asked about; those that could not be read. */
  readonly imageCount: number;
  readonly unreadableCount: number;
  /** Largest difference of a probability with the pixels that the network sees, and with whole pictures. */
  readonly parity: number;
  readonly wholeParity: number;
  readonly accuracy: number;
  readonly int8: Int8Outcome;
}
