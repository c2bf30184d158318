import { ArchiveRefusedError, ConflictError, InvalidStateError, LimitExceededError } from '#core/platform/errors.ts';
import {
  noCounts,
  type ExistingLabelPolicy,
  type ImportState,
  type OutcomeCounts,
  type TransferFormat,
} from '#core/transfer/imports/import-facts.ts';
import { createImportUpload, type ImportUpload } from '#core/transfer/imports/import-uploads.ts';
import { reportUrl } from '#core/transfer/imports/import-report.ts';
import { previewImport, type ImportPreview } from '#core/transfer/imports/preview-import.ts';
import { listImportItems, startImport } from '#core/transfer/imports/start-import.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, readSequence, toConnection } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ImportItemObject, ImportOutcomeEnum, ImportProblemCodeEnum } from './import-item.ts';
import { SplitEnum } from './split.ts';
import { ImageImportObject } from './transfer.ts';
import { commonErrors } from './user-errors.ts';

export const TransferFormatEnum = builder.enumType('TransferFormat', {
  description: 'How labels are written; docs/formats.md has the details.',
  values: {
    CLASS_FOLDERS: { description: 'A folder for each label, perhaps below one for each part.' },
    IMAGE_TEXT: { description: 'A text of labels beside each picture (ModelArts image classification 1.0).' },
    MODELARTS_MANIFEST: { description: 'ModelArts manifest.' },
    CSV: { description: 'CSV of files and labels; Vertex and Roboflow too.' },
    VERTEX_JSONL: { description: 'JSON lines of Vertex AI.' },
    SAGEMAKER_MANIFEST: { description: 'Manifest of SageMaker Ground Truth and Rekognition.' },
    LABEL_STUDIO: { description: 'JSON or JSON_MIN of Label Studio.' },
    COCO_LABELS: { description: 'COCO with labels of whole images, as Datumaro writes it.' },
  } satisfies Record<TransferFormat, { description: string }>,
});

const ImportUploadObject = builder.objectRef<ImportUpload>('ImportUpload').implement({
  description: 'An archive or a document of labels on its way, to be imported within 24 hours.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (upload) => writeGlobalId('ImportUpload', upload.id) }),
    fileName: t.exposeString('fileName', { description: 'As it was announced.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Then it is deleted.', resolve: (upload) => upload.expiresAt }),
  }),
});
const CreatedImportUpload = builder
  .objectRef<{ upload: ImportUpload; uploadUrl: string }>('CreatedImportUpload')
  .implement({
    description: 'Where to send the bytes of an archive or document.',
    fields: (t) => ({
      upload: t.field({ type: ImportUploadObject, description: 'The upload.', resolve: (item) => item.upload }),
      uploadUrl: t.exposeString('uploadUrl', {
        description: 'Signed address for a PUT of the bytes, good for 24 hours.',
      }),
    }),
  });
const CreateImportUploadInput = builder.inputType('CreateImportUploadInput', {
  description: 'A file to import.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    fileName: t.string({
      required: true,
      description: 'Its ending tells documents of labels (.csv, .json, .jsonl, .ndjson, .manifest) from archives.',
    }),
    byteSize: t.float({ required: true, description: 'Bytes, a whole number.' }),
  }),
});
builder.mutationField('createImportUpload', (t) =>
  t.field({
    type: CreatedImportUpload,
    errors: { types: [...commonErrors, LimitExceededError] },
    description:
      'Announces a ZIP, TAR or TAR.GZ, or a document of labels, and gives an address for its bytes. Editors.',
    args: { input: t.arg({ type: CreateImportUploadInput, required: true, description: 'The file.' }) },
    resolve: (_root, { input }, ctx) =>
      createImportUpload(ctx.action(), { ...input, projectId: idOf('Project', input.projectId) }),
  }),
);

const ExistingLabelsEnum = builder.enumType('ExistingLabels', {
  description: 'What an image that has labels already does with those of the import.',
  values: {
    ADD: {
      description: 'Has both; where it may carry one only, it keeps its own and the item says CONFLICTING_LABEL.',
    },
    REPLACE: { description: 'Has those of the import from now on, and its part.' },
    KEEP: { description: 'Keeps its own.' },
  } satisfies Record<ExistingLabelPolicy, { description: string }>,
});

const PreviewImportInput = builder.inputType('PreviewImportInput', {
  description: 'What to import, and how to read it.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    uploadIds: t.idList({
      description:
        'Uploads that were sent, 1 to 10: archives, and documents beside them; read as if they were one archive.',
    }),
    serverFolder: t.string({
      description:
        'A folder of the workers, below EXEMPLAR_IMPORT_ROOT, instead of uploads or with them. Administrators.',
    }),
    storePrefix: t.string({
      description:
        'A folder of a bucket of the object store, such as s3://bucket/folder/, below one of EXEMPLAR_IMPORT_PREFIXES, instead of uploads or with them. Administrators.',
    }),
    format: t.field({ type: TransferFormatEnum, description: 'Left out = found out.' }),
    labelSeparator: t.string({ description: 'Between several labels in one cell of a CSV, such as |.' }),
    splitFolders: t.boolean({
      description: 'Whether folders called train, val and the like are parts; left out = their neighbours decide.',
    }),
    detection: t.boolean({ description: 'Whether boxes of COCO are read as labels of their images.' }),
  }),
});
const StartImportInput = builder.inputType('StartImportInput', {
  description: 'What to import, and how to read it.',
  fields: (t) => ({
    source: t.field({ type: PreviewImportInput, required: true, description: 'As for the preview.' }),
    existingLabels: t.field({ type: ExistingLabelsEnum, description: 'Left out = ADD.' }),
    idempotencyKey: t.field({
      type: 'UUID',
      description:
        'The same key with the same input gives the same import, so that a lost answer can be asked for again.',
    }),
  }),
});
const toSource = (input: typeof PreviewImportInput.$inferInput) => ({
  ...input,
  projectId: idOf('Project', input.projectId),
  uploadIds: input.uploadIds?.map((id) => idOf('ImportUpload', id)),
});

builder.mutationField('startImport', (t) =>
  t.field({
    type: ImageImportObject,
    errors: { types: [...commonErrors, InvalidStateError, ConflictError] },
    description: 'Has a worker bring pictures and labels into a project. Repeating it changes nothing. Editors.',
    args: { input: t.arg({ type: StartImportInput, required: true, description: 'What to import.' }) },
    resolve: (_root, { input: { source, ...rest } }, ctx) =>
      startImport(ctx.action(), { ...toSource(source), ...rest }),
  }),
);

const LabelTally = builder.objectRef<ImportPreview['labels'][number]>('ImportLabelCount').implement({
  description: 'How many images are to get a label.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the label; the import makes it if the project has none.' }),
    imageCount: t.exposeInt('imageCount', { description: 'Images, those of the project included.' }),
  }),
});
const SplitTally = builder.objectRef<ImportPreview['splits'][number]>('ImportSplitCount').implement({
  description: 'How many pictures are in a part.',
  fields: (t) => ({
    split: t.field({
      type: SplitEnum,
      nullable: true,
      description: 'The part; null = not said, so that it will be automatic.',
      resolve: (item) => item.split,
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Pictures.' }),
  }),
});
const ProblemTally = builder.objectRef<ImportPreview['problemsByCode'][number]>('ImportProblemCount').implement({
  description: 'How often something is wrong.',
  fields: (t) => ({
    code: t.field({ type: ImportProblemCodeEnum, description: 'What.', resolve: (item) => item.code }),
    count: t.exposeInt('count', { description: 'How often.' }),
  }),
});
const ImportProblem = builder.objectRef<ImportPreview['problems'][number]>('ImportProblem').implement({
  description: 'Something that is wrong with what is to be imported.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Of the file, or the place in a document.' }),
    code: t.field({ type: ImportProblemCodeEnum, description: 'What.', resolve: (item) => item.code }),
    message: t.exposeString('message', { description: 'The same for a person.' }),
  }),
});
const ImportPreviewObject = builder.objectRef<ImportPreview>('ImportPreview').implement({
  description: 'What an import would find, as far as names and documents tell; pictures are opened by the import only.',
  fields: (t) => ({
    format: t.field({ type: TransferFormatEnum, description: 'The format.', resolve: (preview) => preview.format }),
    reason: t.exposeString('reason', { description: 'Why it is taken for this format.' }),
    isComplete: t.exposeBoolean('isComplete', {
      description: 'False when there was more than could be looked at in 20 seconds: counts are of what was seen.',
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Files that are named like pictures.' }),
    labelledCount: t.exposeInt('labelledCount', { description: 'Of these, with a label.' }),
    unlabelledCount: t.int({
      description: 'Of these, without.',
      resolve: (preview) => preview.imageCount - preview.labelledCount,
    }),
    elsewhereCount: t.exposeInt('elsewhereCount', {
      description: 'Items of documents without a file: their labels go to images that the project has, by name.',
    }),
    labels: t.field({
      type: [LabelTally],
      description: 'The labels, in the order in which they were met.',
      resolve: (preview) => [...preview.labels],
    }),
    splits: t.field({ type: [SplitTally], description: 'The parts.', resolve: (preview) => [...preview.splits] }),
    problemCount: t.exposeInt('problemCount', { description: 'How much is wrong.' }),
    problemsByCode: t.field({
      type: [ProblemTally],
      description: 'The same by kind, most frequent first.',
      resolve: (preview) => [...preview.problemsByCode],
    }),
    problems: t.field({
      type: [ImportProblem],
      description: 'The first 100.',
      complexity: { field: 1, multiplier: 100 },
      resolve: (preview) => [...preview.problems],
    }),
  }),
});
builder.mutationField('previewImport', (t) =>
  t.field({
    type: ImportPreviewObject,
    errors: { types: [...commonErrors, InvalidStateError, ArchiveRefusedError] },
    description: 'Tells what an import would find and writes nothing. Editors.',
    args: { input: t.arg({ type: PreviewImportInput, required: true, description: 'What to look at.' }) },
    resolve: (_root, { input }, ctx) => previewImport(ctx.action(), toSource(input)),
  }),
);

const ImportCounts = builder.objectRef<OutcomeCounts>('ImportCounts').implement({
  description: 'How many items of an import ended in which way, so far.',
  fields: (t) => ({
    created: t.int({ description: 'New images.', resolve: (counts) => counts.CREATED }),
    duplicate: t.int({ description: 'Pictures that the project had.', resolve: (counts) => counts.DUPLICATE }),
    labelled: t.int({ description: 'Images of the project, known by name.', resolve: (counts) => counts.LABELLED }),
    skipped: t.int({ description: 'Nothing to import.', resolve: (counts) => counts.SKIPPED }),
    refused: t.int({ description: 'Refused.', resolve: (counts) => counts.REFUSED }),
  }),
});
const ImportItemConnection = connectionType(ImportItemObject, 'ImportItem');
/** The result, or how far it is. */
const stateOf = (transfer: { readonly result: unknown; readonly checkpoint: unknown }) =>
  (transfer.result ?? transfer.checkpoint) as ImportState | null;

builder.objectFields(ImageImportObject, (t) => ({
  format: t.field({
    type: TransferFormatEnum,
    nullable: true,
    description: 'How it is read; null until that is known.',
    resolve: (transfer) => stateOf(transfer)?.format ?? null,
  }),
  counts: t.field({
    type: ImportCounts,
    description: 'Items so far.',
    resolve: (transfer) => stateOf(transfer)?.counts ?? noCounts,
  }),
  createdLabelCount: t.int({
    description: 'Labels that the project did not have.',
    resolve: (transfer) => stateOf(transfer)?.labelsCreated ?? 0,
  }),
  items: t.field({
    type: ImportItemConnection,
    description: 'What became of everything that it found, so far. The cursor of an item is its index.',
    args: {
      ...pageArgs(t.arg),
      outcome: t.arg({ type: ImportOutcomeEnum, description: 'Only these.' }),
    },
    complexity: pageComplexity,
    resolve: async (transfer, { first, after, outcome }, ctx) => {
      const index = after == null ? undefined : readSequence(after);
      const page = await listImportItems(ctx.action(), transfer.id, { after: index, first, outcome });
      return toConnection(page, after, (item) => String(item.index));
    },
  }),
  reportUrl: t.string({
    nullable: true,
    description:
      'Signed address of a CSV of all items that something was wrong with, good for an hour; null before the end, and where all went well.',
    resolve: (transfer, _args, ctx) => reportUrl(ctx.action().platform, stateOf(transfer)),
  }),
}));
