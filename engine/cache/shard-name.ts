import { randomUUID } from 'node:crypto';

/**
 * `<id>.<state>.shard`. A number is the process that writes the file, and nobody else does. `free` has room and no writer: a process
 * takes it by renaming, which only one can. `full` never changes again. What a killed process leaves keeps its number and is only read:
 * that a process is gone cannot be told from another container that shares the folder.
 */
export type ShardState = number | 'free' | 'full';

export interface ShardName {
  readonly id: string;
  readonly state: ShardState;
}

export const newShardId = (): string => randomUUID();

export const shardFileName = ({ id, state }: ShardName): string => `${id}.${state}.shard`;

/** Undefined for files that are no shards. */
export function parseShardFileName(file: string): ShardName | undefined {
  const match = /^([0-9a-f-]{36})\.(\d+|free|full)\.shard$/.exec(file);
  if (!match) return undefined;
  const state = match[2]!;
  return { id: match[1]!, state: state === 'free' || state === 'full' ? state : Number(state) };
}
