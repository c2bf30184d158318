import { cancelTransfer } from '#core/transfer/cancel-transfer.ts';
import { InvalidStateError, NotFoundError } from '#core/platform/errors.ts';
import {
  isTransferFinal,
  transferTypeNames,
  type TransferFailure,
  type TransferFailureCode,
  type TransferKind,
  type TransferPhase,
  type TransferProgress,
  type TransferState,
} from '#core/transfer/transfer-facts.ts';
import { getTransfer, listTransfers, type Transfer, type TransferRef } from '#core/transfer/transfer-row.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { readGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ProjectObject } from './project.ts';
import { projectList } from './project-list.ts';
import { getProject } from '#core/projects/projects.ts';
import { commonErrors } from './user-errors.ts';

export const TransferStateEnum = builder.enumType('TransferState', {
  description: 'Where an import or export is. The last three are final.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'A worker has it.' },
    COMPLETED: { description: 'It is done.' },
    FAILED: { description: 'It could not be done; `failure` says why.' },
    CANCELLED: { description: 'Somebody cancelled it.' },
  } satisfies Record<TransferState, { description: string }>,
});

export const TransferFailureObject = builder.objectRef<TransferFailure>('TransferFailure').implement({
  description: 'Why an import or export could not be done.',
  fields: (t) => ({
    code: t.field({
      type: builder.enumType('TransferFailureCode', {
        description: 'Why an import or export could not be done. Can grow: treat an unknown code by its message.',
        values: {
          ARCHIVE_REFUSED: { description: 'The archive cannot be read, or must not be.' },
          FORMAT_UNKNOWN: { description: 'Nobody can tell how the labels are written; say the format.' },
          DOCUMENT_REFUSED: { description: 'A document of labels cannot be read as a whole.' },
          SOURCE_MISSING: { description: 'What it was to read is gone.' },
          LIMIT_EXCEEDED: { description: 'More than the installation allows.' },
          DISK_FULL: { description: 'The disk of the worker or of the object store is full.' },
          WORKER_LOST: { description: 'Workers died again and again.' },
          INTERNAL: { description: 'A defect of ours.' },
        } satisfies Record<TransferFailureCode, { description: string }>,
      }),
      description: 'What kind.',
      resolve: (failure) => failure.code,
    }),
    message: t.exposeString('message', { description: 'What happened.' }),
    hint: t.exposeString('hint', { description: 'What to do.' }),
    isRetryable: t.boolean({
      description: 'Whether starting it again as it is may help.',
      resolve: (failure) => failure.retryable,
    }),
  }),
});

export const TransferPhaseEnum = builder.enumType('TransferPhase', {
  description: 'What the worker does.',
  values: {
    FETCHING: { description: 'Copies what was uploaded to its disk; counted in MiB.' },
    READING: { description: 'Reads what stands in the archive and its documents.' },
    WRITING: { description: 'Makes one item after the other.' },
    CHECKING: { description: 'Looks whether what it made is right.' },
    STORING: { description: 'Copies what it made to the object store; counted in MiB.' },
  } satisfies Record<TransferPhase, { description: string }>,
});
const TransferProgressObject = builder.objectRef<TransferProgress>('TransferProgress').implement({
  description: 'How far the current phase is.',
  fields: (t) => ({
    phase: t.field({ type: TransferPhaseEnum, description: 'The phase.', resolve: (progress) => progress.phase }),
    done: t.exposeInt('done', { description: 'Items done, or MiB.' }),
    total: t.exposeInt('total', { nullable: true, description: 'Of so many; null while that is not known.' }),
    perSecond: t.exposeFloat('perSecond', { nullable: true, description: 'How many a second; null at first.' }),
    etaSeconds: t.exposeFloat('etaSeconds', {
      nullable: true,
      description: 'Seconds until the phase ends, estimated; null while that is not known.',
    }),
  }),
});

/** What an import, an export of labels and an export of a model have in common. */
export const TransferInterface = builder.interfaceRef<Transfer>('Transfer').implement({
  description: 'Something that a worker brings in or takes out.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: (transfer) => transferTypeNames[transfer.kind],
  fields: (t) => ({
    state: t.field({ type: TransferStateEnum, description: 'Where it is.', resolve: (transfer) => transfer.state }),
    isFinished: t.boolean({
      description: 'Whether the state is final.',
      resolve: (transfer) => isTransferFinal(transfer.state),
    }),
    isCancelRequested: t.boolean({
      description: 'Whether somebody wants it to end.',
      resolve: (transfer) => transfer.cancelRequested,
    }),
    failure: t.field({
      type: TransferFailureObject,
      nullable: true,
      description: 'Why it failed, if it did.',
      resolve: (transfer) => transfer.failure,
    }),
    progress: t.field({
      type: TransferProgressObject,
      nullable: true,
      description: 'How far it is; null before the start and after the end.',
      resolve: (transfer) => transfer.progress,
    }),
    attempt: t.exposeInt('attempt', { description: 'How many workers have taken it so far.' }),
    lastSequence: t.exposeInt('lastSequence', { description: 'Sequence number of its last event.' }),
    project: t.field({
      type: ProjectObject,
      description: 'Whose it is.',
      resolve: (transfer, _args, ctx) => getProject(ctx.action(), transfer.projectId),
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was asked for.', resolve: (item) => item.createdAt }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a worker first took it.',
      resolve: (item) => item.startedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
      resolve: (item) => item.finishedAt,
    }),
  }),
});

/** A kind of transfer, with the common fields; those of its own are added with `builder.objectFields`. */
function transferObject(kind: TransferKind, description: string) {
  const object = builder.objectRef<Transfer>(transferTypeNames[kind]);
  builder.node(object, {
    description,
    interfaces: [TransferInterface],
    id: { resolve: (transfer) => transfer.id, description: 'Global id.' },
    loadOne: (id, ctx) => nullWhenMissing(() => getTransfer(ctx.action(), { kind, id })),
  });
  return object;
}

export const ImageImportObject = transferObject('IMPORT', 'Images and labels on their way into a project.');
export const DatasetExportObject = transferObject('EXPORT', 'Labels, with images or without, on their way out.');
export const ModelExportObject = transferObject('MODEL_EXPORT', 'A model on its way out.');

const kinds = Object.entries(transferTypeNames) as [TransferKind, string][];

/** Kind and UUID inside the global id of any transfer. @throws {NotFoundError} */
export function transferRefOf(globalId: string): TransferRef {
  const parsed = readGlobalId(globalId);
  const kind = kinds.find(([, name]) => name === parsed?.typename)?.[0];
  if (!parsed || !kind) throw new NotFoundError('Transfer', globalId);
  return { kind, id: parsed.id };
}

projectList(
  'transfers',
  'Imports and exports, newest first.',
  connectionType(TransferInterface, 'Transfer'),
  listTransfers,
);

builder.queryField('transfer', (t) =>
  t.field({
    type: TransferInterface,
    nullable: true,
    description: 'An import or export by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The import or export.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getTransfer(action, transferRefOf(id)));
    },
  }),
);

const CancelTransferPayload = builder.objectRef<{ transfer: Transfer }>('CancelTransferPayload').implement({
  description: 'What was cancelled.',
  fields: (t) => ({
    transfer: t.field({
      type: TransferInterface,
      description: 'It, CANCELLED or about to be.',
      resolve: (payload) => payload.transfer,
    }),
  }),
});

builder.mutationField('cancelTransfer', (t) =>
  t.field({
    type: CancelTransferPayload,
    errors: { types: [...commonErrors, InvalidStateError] },
    description:
      'Ends an import or export. What an import has brought until then stays. Whoever started it, and editors.',
    args: { id: t.arg.id({ required: true, description: 'The import or export.' }) },
    resolve: async (_root, { id }, ctx) => ({ transfer: await cancelTransfer(ctx.action(), transferRefOf(id)) }),
  }),
);
