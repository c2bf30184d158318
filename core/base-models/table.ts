import { jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../platform/table.ts';

export const baseModelSources = ['SHIPPED', 'INSTALLED'] as const;
/** Whether it came with this release, or somebody put it into the models folder of a worker. */
export type BaseModelSource = (typeof baseModelSources)[number];
export const baseModelSource = pgEnum('base_model_source', baseModelSources);

export const trainableParts = ['WHOLE', 'SUFFIX', 'HEAD'] as const;
/** What a training may change: all of the network, its last layers, or nothing but the head that it puts on top. */
export type TrainablePart = (typeof trainableParts)[number];

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
  /** When a worker last said that it has it. */
  offeredAt: instant('offered_at').notNull().defaultNow(),
});
