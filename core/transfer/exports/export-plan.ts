/** In which form pictures and labels leave. */
export const exportFormats = ['FOLDERS', 'MODELARTS_MANIFEST', 'CSV', 'COCO', 'SAGEMAKER', 'LABEL_STUDIO'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** All that decides, with the items, what an export is: equal plans of equal items give equal bytes. */
export interface ExportPlan {
  readonly format: ExportFormat;
  /** Left out, there are only documents, which name the files alone. */
  readonly includeImages: boolean;
  /** Stands in the documents before the path of every picture, such as `s3://bucket/flowers/`. */
  readonly sourcePrefix: string;
  /** Of the dataset version, or what else the documents are called. */
  readonly name: string;
  /** Labels in the order in which formats number their classes. */
  readonly classes: readonly string[];
  /** The time of labelling that formats demand where none is known. */
  readonly writtenAt: Date;
}
