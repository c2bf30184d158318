import type postgres from 'postgres';
import { baseModelFiles } from '../base-models/base-model-files.ts';
import { uploadKey as baseModelUploadKey } from '../base-models/base-model-uploads.ts';
import { servedPictureKey } from '../deployments/store-predictions.ts';
import { imageForms, imageKey } from '../images/image-row.ts';
import { importUploadKey } from '../transfer/imports/import-uploads.ts';

/** An object that some row promises. */
export interface PromisedObject {
  readonly kind: PromisedKind;
  readonly key: string;
  /** False: a row may also wait for it, or be about to be deleted. */
  readonly isRequired: boolean;
  /** The same key always has the same bytes, so that what an earlier backup has of it need not be copied again. */
  readonly isFixed: boolean;
}

export type PromisedKind = (typeof kinds)[number]['kind'];

interface Kind {
  readonly kind: string;
  /** In the order of the keys, so that two lists can be read beside each other. */
  readonly rows: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each kind knows the columns of its own statement
  readonly keys: (row: any) => readonly string[];
  readonly isRequired: boolean;
  readonly isFixed: boolean;
}

/**
 * Every kind of object that rows refer to. Left out: images that are being uploaded, which their senders send again, and checkpoints, which
 * checkpoint-copies.ts takes care of.
 */
const kinds = [
  {
    kind: 'base-model',
    rows: `select object_prefix as prefix from base_model where object_prefix is not null order by object_prefix collate "C"`,
    keys: ({ prefix }: { prefix: string }) => baseModelFiles.map((name) => `${prefix}${name}`).sort(),
    isRequired: true,
    isFixed: true,
  },
  {
    kind: 'base-model-upload',
    rows: `select id from base_model_upload where state = 'QUEUED' order by id`,
    keys: ({ id }: { id: string }) => [baseModelUploadKey(id)],
    isRequired: false,
    isFixed: false,
  },
  {
    kind: 'image',
    rows: `select distinct project_id, sha256 from image order by project_id, sha256`,
    keys: ({ project_id, sha256 }: { project_id: string; sha256: Buffer }) =>
      [...imageForms].sort().map((form) => imageKey(project_id, sha256, form)),
    isRequired: true,
    isFixed: true,
  },
  {
    kind: 'model',
    rows: `select model_key from model_version order by model_key collate "C"`,
    keys: ({ model_key }: { model_key: string }) => [model_key],
    isRequired: true,
    isFixed: true,
  },
  {
    kind: 'transfer',
    rows: `select key from (select coalesce(result ->> 'key', result ->> 'reportKey') as key from transfer
        where state = 'COMPLETED' and (kind <> 'EXPORT' or expires_at is not null)) made
      where key is not null order by key collate "C"`,
    keys: ({ key }: { key: string }) => [key],
    isRequired: true,
    isFixed: true,
  },
  {
    kind: 'import-upload',
    rows: `select project_id, id from import_upload order by project_id, id`,
    keys: ({ project_id, id }: { project_id: string; id: string }) => [importUploadKey({ projectId: project_id, id })],
    isRequired: false,
    isFixed: false,
  },
  {
    kind: 'prediction',
    rows: `select deployment.project_id, served_prediction.id from served_prediction
      join deployment on deployment.id = deployment_id where deployment.deleted_at is null and expires_at > now()
      order by 1, 2`,
    keys: ({ project_id, id }: { project_id: string; id: string }) => [servedPictureKey(project_id, id)],
    // Rows come before bytes.
    isRequired: false,
    isFixed: true,
  },
] as const satisfies readonly Kind[];

const rowsAtOnce = 1000;

/** Whatever the rows that the session sees promise, in the order in which indexes of backups are written. */
export async function* readPromisedObjects(session: postgres.ISql): AsyncGenerator<PromisedObject, void> {
  for (const { kind, rows, keys, isRequired, isFixed } of kinds as readonly (Kind & { kind: PromisedKind })[])
    for await (const batch of session.unsafe(rows).cursor(rowsAtOnce))
      for (const row of batch) for (const key of keys(row)) yield { kind, key, isRequired, isFixed };
}

/** Negative where the first comes before the second in such a list. */
export function compareInList(a: { kind: string; key: string }, b: { kind: string; key: string }): number {
  const rank = ({ kind }: { kind: string }) => kinds.findIndex((known) => known.kind === kind);
  return rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
