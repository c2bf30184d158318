import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { bytea, instant } from '../platform/table.ts';

export const baseModelSources = ['SHIPPED', 'INSTALLED', 'UPLOADED'] as const;
/** Whether it came with this release, somebody put it into the models folder of a worker, or an administrator uploaded it for all. */
export type BaseModelSource = (typeof baseModelSources)[number];
export const baseModelSource = pgEnum('base_model_source', baseModelSources);

/** What a training may change: all of the network, its last layers, or nothing but the head that it puts on top. */
export type TrainablePart = 'WHOLE' | 'SUFFIX' | 'HEAD';

export interface BaseModelFacts {
  readonly bytes: number;
  readonly parameters: number;
  /** Of one picture. */
  readonly multiplyAdds: number;
  /** Pixels of a side. */
  readonly inputSize: number;
  /** Numbers that describe a picture. */
  readonly dimension: number;
  /** On one thread of the machine on which it was brought; null where it was not tried. */
  readonly millisecondsPerPicture: number | null;
  readonly licence: string;
  readonly trainable: TrainablePart;
  /** Operators that the engine cannot differentiate. */
  readonly frozenOperators: readonly string[];
  /** What was found, assumed or changed when it was brought, a sentence each. */
  readonly remarks: readonly string[];
}

/** Pretrained networks on which trainings build, as workers have offered them. */
export const baseModelTable = pgTable('base_model', {
  name: text('name').primaryKey(),
  version: text('version').notNull(),
  /** Of the ONNX file. */
  sha256: bytea('sha256').notNull(),
  source: baseModelSource('source').notNull(),
  facts: jsonb('facts').$type<BaseModelFacts>().notNull(),
  /** Of the objects of an uploaded one, ends with a slash; null for those on the disks of workers. */
  objectPrefix: text('object_prefix'),
  /** When a worker last said that it has it. */
  offeredAt: instant('offered_at').notNull().defaultNow(),
});

export const baseModelUploadStates = ['ANNOUNCED', 'QUEUED', 'READY', 'REFUSED'] as const;
/** Waiting for its bytes, waiting to be tried by a worker, offered, or no usable model. */
export type BaseModelUploadState = (typeof baseModelUploadStates)[number];
export const baseModelUploadState = pgEnum('base_model_upload_state', baseModelUploadStates);

/** What its owner said of a model; left out = found or assumed. */
export interface BaseModelWord {
  readonly licence?: string;
  readonly size?: number;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly resize?: 'cover' | 'fill';
  readonly output?: string;
}

/** An ONNX file that an administrator sends, to become a base model. */
export const baseModelUploadTable = pgTable('base_model_upload', {
  id: uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`),
  name: text('name').notNull(),
  byteSize: bigint('byte_size', { mode: 'number' }).notNull(),
  word: jsonb('word').$type<BaseModelWord>().notNull(),
  state: baseModelUploadState('state').notNull().default('ANNOUNCED'),
  /** Why it was refused. */
  message: text('message'),
  createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
});
