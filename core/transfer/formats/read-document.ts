import type { DocumentFormat } from './detect-document.ts';
import type { ByteSource, TransferRecord } from './item.ts';
import { readCocoLabels } from './read-coco-labels.ts';
import { readCsv } from './read-csv.ts';
import { readLabelStudio } from './read-label-studio.ts';
import { readModelArtsManifest } from './read-modelarts-manifest.ts';
import { readSageMakerManifest } from './read-sagemaker-manifest.ts';
import { readVertexJsonl } from './read-vertex-jsonl.ts';
import { splitOfDocument } from './split-name.ts';

/** How to read a document, where it can be read in several ways. */
export interface DocumentOptions {
  /** Between several labels in one cell of a CSV. */
  readonly labelSeparator?: string | undefined;
  /** Read boxes of COCO as labels. */
  readonly detection?: boolean | undefined;
}

/** Those that are one JSON value, which has to be there as a whole before any of it can be told. */
export const wholeFormats: ReadonlySet<DocumentFormat> = new Set(['LABEL_STUDIO', 'COCO_LABELS']);

/** What a document of labels says. @param path under which it was found: its name may tell the part of all its pictures. */
export function readDocument(
  format: DocumentFormat,
  source: ByteSource,
  path: string,
  { labelSeparator, detection }: DocumentOptions,
): AsyncGenerator<TransferRecord, void> {
  const split = splitOfDocument(path);
  switch (format) {
    case 'MODELARTS_MANIFEST':
      return readModelArtsManifest(source);
    case 'CSV':
      return readCsv(source, { labelSeparator, split });
    case 'VERTEX_JSONL':
      return readVertexJsonl(source);
    case 'SAGEMAKER_MANIFEST':
      return readSageMakerManifest(source, { split });
    case 'LABEL_STUDIO':
      return readLabelStudio(source);
    case 'COCO_LABELS':
      return readCocoLabels(source, { detection, split });
  }
}
