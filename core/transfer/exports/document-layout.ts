import type { ItemSource } from '../formats/item.ts';
import type { LossTally } from '../formats/losses.ts';
import { writeCocoLabels } from '../formats/write-coco-labels.ts';
import { writeCsv } from '../formats/write-csv.ts';
import { writeLabelStudio } from '../formats/write-label-studio.ts';
import { writeModelArtsManifest } from '../formats/write-modelarts-manifest.ts';
import { writeSageMakerManifest } from '../formats/write-sagemaker-manifest.ts';
import type { ExportPart } from './export-items.ts';
import type { ExportFormat, ExportPlan } from './export-plan.ts';

/** Where a format that has documents of labels puts them and the pictures. */
export interface DocumentLayout {
  /** Formats that do not say the part of a picture have a document for each part. */
  readonly hasDocumentPerPart: boolean;
  documentPath(plan: ExportPlan, part: ExportPart): string;
  /** With a slash at the end. */
  pictureFolder(part: ExportPart): string;
  /** Whether documents name pictures by their path in the archive; otherwise by the file's name alone. */
  readonly namesPath: boolean;
  write(items: ItemSource, losses: LossTally, plan: ExportPlan, part: ExportPart): AsyncIterable<string>;
}

/** ModelArts takes no source but at `s3://`; this one stands where nobody has said another. */
export const placeholderPrefix = 's3://exemplar/';

const together = {
  hasDocumentPerPart: false,
  pictureFolder: () => 'images/',
  namesPath: true,
} as const;

const manifestNames = { TRAIN: 'train', VALIDATION: 'validation', TEST: 'test' } as const;
/** As Datumaro calls its subsets. */
const subsetNames = { TRAIN: 'train', VALIDATION: 'val', TEST: 'test' } as const;
const subsetOf = (part: ExportPart) => (part ? subsetNames[part] : 'default');

export const documentLayouts: Record<Exclude<ExportFormat, 'FOLDERS'>, DocumentLayout> = {
  MODELARTS_MANIFEST: {
    ...together,
    documentPath: ({ name }) => `${name}.manifest`,
    write: (items, losses) => writeModelArtsManifest(items, losses, { prefix: placeholderPrefix }),
  },
  CSV: { ...together, documentPath: () => 'labels.csv', write: writeCsv },
  LABEL_STUDIO: { ...together, documentPath: () => 'tasks.json', write: writeLabelStudio },
  SAGEMAKER: {
    ...together,
    hasDocumentPerPart: true,
    documentPath: (_plan, part) => `${part ? manifestNames[part] : 'unassigned'}.manifest`,
    write: (items, losses, { writtenAt, classes }, part) =>
      writeSageMakerManifest(items, losses, { writtenAt, classes, split: part ?? undefined }),
  },
  COCO: {
    hasDocumentPerPart: true,
    documentPath: (_plan, part) => `annotations/labels_${subsetOf(part)}.json`,
    pictureFolder: (part) => `images/${subsetOf(part)}/`,
    namesPath: false,
    write: (items, losses, { classes }, part) => writeCocoLabels(items, losses, { classes, split: part ?? undefined }),
  },
};
