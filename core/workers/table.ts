import { bigint, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Device } from '../platform/config.ts';
import { instant } from '../platform/table.ts';

/** How fast something computes on which ONNX Runtime works on a worker's machine. */
export interface DeviceSpeed {
  readonly device: Device;
  /** Of a product of matrices of 32-bit floats; 10^9 operations a second. */
  readonly gigaflops: number;
}

/**
 * UNAVAILABLE: ONNX Runtime cannot compute there. WRONG: it can, and what comes out is not what the CPU says. CRASHED: the process that tried it
 * died or took too long. SLOW: it computes right, and slower than the CPU.
 */
export const deviceFaults = ['UNAVAILABLE', 'WRONG', 'CRASHED', 'SLOW'] as const;
export type DeviceFault = (typeof deviceFaults)[number];

/** A device that the worker's self-test has found unfit for trainings. */
export interface UnusableDevice {
  readonly device: Device;
  readonly fault: DeviceFault;
  /** For people: what was found. */
  readonly message: string;
}

export interface WorkerVersions {
  readonly exemplar: string;
  readonly node: string;
  readonly onnxRuntime: string;
}

/** Workers that are alive, and those that fell silent without a word, for a day. */
export const workerTable = pgTable('worker', {
  /** Made up by the worker. */
  id: uuid('id').primaryKey(),
  host: text('host').notNull(),
  processId: integer('process_id').notNull(),
  versions: jsonb('versions').$type<WorkerVersions>().notNull(),
  /** Ids of the pools whose trainings it takes; none while their device has not been tried, and where it is unusable. */
  flavors: text('flavors').array().notNull(),
  /** Null until it has measured. */
  speeds: jsonb('speeds').$type<readonly DeviceSpeed[]>(),
  /** Null until it has tried them, and for workers of before it did. */
  unusableDevices: jsonb('unusable_devices').$type<readonly UnusableDevice[]>(),
  /** That the process may use. */
  memoryBytes: bigint('memory_bytes', { mode: 'number' }).notNull(),
  /** After so much silence it is taken for dead. */
  heartbeatSeconds: integer('heartbeat_seconds').notNull(),
  /** Its clock less that of the database, with what the way between them takes. */
  clockOffsetMilliseconds: integer('clock_offset_milliseconds').notNull(),
  startedAt: instant('started_at').notNull().defaultNow(),
  heartbeatAt: instant('heartbeat_at').notNull().defaultNow(),
});
