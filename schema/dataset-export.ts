import { getDatasetVersion } from '#core/datasets/dataset-versions.ts';
import { ConflictError } from '#core/platform/errors.ts';
import { exportInput, exportResult } from '#core/transfer/exports/export-facts.ts';
import type { ExportFormat } from '#core/transfer/exports/export-plan.ts';
import { exportUrl } from '#core/transfer/exports/export-url.ts';
import { startExport } from '#core/transfer/exports/start-export.ts';
import type { LossKind, TransferLoss } from '#core/transfer/formats/losses.ts';
import { builder } from './builder.ts';
import { DatasetVersionObject } from './dataset-version.ts';
import { idOf, lenientIdOf } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { DatasetExportObject } from './transfer.ts';
import { commonErrors } from './user-errors.ts';

const ExportFormatEnum = builder.enumType('ExportFormat', {
  description: 'In which form pictures and labels leave; `docs/exporting.md` shows each.',
  values: {
    FOLDERS: { description: 'A folder for each label, above them one for each part.' },
    MODELARTS_MANIFEST: { description: 'Manifest of ModelArts, JSON Lines.' },
    CSV: { description: 'Rows of `file,label,usage`.' },
    COCO: { description: '`coco_labels` of Datumaro, a document for each part.' },
    SAGEMAKER: { description: 'Manifest of SageMaker Ground Truth and Rekognition, one for each part.' },
    LABEL_STUDIO: { description: 'Tasks of Label Studio with their annotations, JSON.' },
  } satisfies Record<ExportFormat, { description: string }>,
});

const ExportLossObject = builder.objectRef<TransferLoss>('ExportLoss').implement({
  description: 'Something that was known of pictures and is not in the archive as it was.',
  fields: (t) => ({
    kind: t.field({
      type: builder.enumType('ExportLossKind', {
        description: 'What of a picture. Can grow: treat an unknown kind by its message.',
        values: {
          SOURCE: { description: 'Where it lies is written otherwise.' },
          FILE_NAME: { description: 'Its file has another name.' },
          PICTURE: { description: 'Its bytes are others than those that were uploaded, or missing.' },
          FURTHER_LABELS: { description: 'All labels but the first.' },
          SPLIT: { description: 'The part: train, validation or test.' },
          HARD: { description: 'That it is a hard example.' },
          ANNOTATED_BY: { description: 'Who labelled it.' },
          CONFIDENCE: { description: 'How sure that was.' },
          CREATED_AT: { description: 'When it was labelled.' },
          TARGET_RULES: { description: 'Nothing, but the tool that the format belongs to may refuse it.' },
        } satisfies Record<LossKind, { description: string }>,
      }),
      description: 'What.',
      resolve: (loss) => loss.kind,
    }),
    message: t.exposeString('message', { description: 'What became of it.' }),
    count: t.exposeInt('count', { description: 'Pictures it happened to.' }),
    firstSource: t.exposeString('firstSource', { description: 'The first of them, as the archive calls it.' }),
  }),
});

builder.objectFields(DatasetExportObject, (t) => ({
  exportFormat: t.field({
    type: ExportFormatEnum,
    description: 'In which form it leaves.',
    resolve: (transfer) => exportInput(transfer).format,
  }),
  datasetVersion: t.field({
    type: DatasetVersionObject,
    nullable: true,
    description: 'What is exported; null = the labels as they were when the export was made.',
    resolve: (transfer, _args, ctx) => {
      const { datasetVersionId } = exportInput(transfer);
      return datasetVersionId === null
        ? null
        : nullWhenMissing(() => getDatasetVersion(ctx.action(), datasetVersionId));
    },
  }),
  includesImages: t.boolean({
    description: 'Whether the pictures are in the archive.',
    resolve: (transfer) => exportInput(transfer).includeImages,
  }),
  includesUnlabelled: t.boolean({
    description: 'Whether images without a label are in it.',
    resolve: (transfer) => exportInput(transfer).includeUnlabelled,
  }),
  sourcePrefix: t.string({
    description: 'What stands before the path of every picture in the documents.',
    resolve: (transfer) => exportInput(transfer).sourcePrefix,
  }),
  imageCount: t.int({
    nullable: true,
    description: 'Pictures that are exported; null before it is complete, as all that follows.',
    resolve: (transfer) => exportResult(transfer)?.imageCount ?? null,
  }),
  byteSize: t.float({
    nullable: true,
    description: 'Bytes of the archive.',
    resolve: (transfer) => exportResult(transfer)?.byteSize ?? null,
  }),
  labelsOf: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'Of which moment the labels are.',
    resolve: (transfer) => {
      const result = exportResult(transfer);
      return result && new Date(result.labelsOf);
    },
  }),
  losses: t.field({
    type: [ExportLossObject],
    nullable: true,
    description: 'What the format could not hold of these very pictures; a line for each kind.',
    complexity: { field: 1, multiplier: 1 },
    resolve: (transfer) => exportResult(transfer)?.losses ?? null,
  }),
  downloadUrl: t.string({
    nullable: true,
    description:
      'Signed address of the ZIP archive, good for twelve hours; ask again for another. Null once it is deleted.',
    resolve: (transfer, _args, ctx) => exportUrl(ctx.platform, transfer),
  }),
  expiresAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the archive is deleted (`EXEMPLAR_EXPORT_DAYS`); null once it is.',
    resolve: (transfer) => (exportResult(transfer) ? transfer.expiresAt : null),
  }),
}));

const StartExportInput = builder.inputType('StartExportInput', {
  description: 'What to export, and how.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    datasetVersionId: t.id({
      description: 'One of its dataset versions; null or left out = the labels as they are when a worker reads them.',
    }),
    format: t.field({ type: ExportFormatEnum, required: true, description: 'In which form.' }),
    includeImages: t.boolean({
      description:
        'Whether the pictures are in the archive, with the bytes that were uploaded. Default true; FOLDERS have nothing else.',
    }),
    includeUnlabelled: t.boolean({
      description: 'Also images without a label. Default false; a dataset version has none.',
    }),
    sourcePrefix: t.string({
      description:
        'Stands in the documents before the path of every picture, such as `s3://bucket/flowers/` where the archive will be unpacked. At most 1,024 characters; not for FOLDERS.',
    }),
    idempotencyKey: t.field({
      type: 'UUID',
      description:
        'The same key with the same input gives the same export, so that a lost answer can be asked for again.',
    }),
  }),
});

builder.mutationField('startExport', (t) =>
  t.field({
    type: DatasetExportObject,
    errors: { types: [...commonErrors, ConflictError] },
    description:
      'Has a worker make a ZIP archive of a dataset version or of the current labels. Watch it with `transferEvents`, then take `downloadUrl`. Editors.',
    args: { input: t.arg({ type: StartExportInput, required: true, description: 'What to export.' }) },
    resolve: (_root, { input }, ctx) =>
      startExport(ctx.action(), {
        ...input,
        projectId: idOf('Project', input.projectId),
        datasetVersionId: input.datasetVersionId == null ? null : lenientIdOf('DatasetVersion', input.datasetVersionId),
      }),
  }),
);
