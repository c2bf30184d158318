import type { Exemplar, Training, Transfer } from '../typescript/index.ts';

/** Something that waits for a worker, or that one has. */
export interface QueueEntry {
  readonly project: string;
  readonly id: string;
  /** `training` or what a transfer is. */
  readonly kind: 'training' | Transfer['__typename'];
  /** Such as V001; null for transfers. */
  readonly version: string | null;
  readonly flavor: string | null;
  readonly state: Training['state'] | Transfer['state'];
  /** Place among those that wait for the flavor, from 1; null where it is not told. */
  readonly position: number | null;
  readonly expectedStartAt: string | null;
  /** What it waits for; null for what a worker has, and for transfers. */
  readonly waitingFor: Training['waitingFor'];
  readonly createdAt: string;
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number | null } | null;
}

/** The newest of each project that are looked through: what has not ended is among them but for the strangest of days. */
const looked = 20;

/** What has not ended, of all projects that the viewer may see, oldest first. */
export async function queueEntries(exemplar: Exemplar): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const { id, name: project } of exemplar.projects.list()) {
    const [trainings, transfers] = await Promise.all([
      exemplar.trainings.list(id, { pageSize: looked }).toArray(looked),
      exemplar.transfers.list(id).toArray(looked),
    ]);
    for (const one of trainings)
      if (!one.isFinished)
        entries.push({
          project,
          id: one.id,
          kind: 'training',
          version: one.versionName,
          flavor: one.config.flavor,
          state: one.state,
          position: one.queuePosition,
          expectedStartAt: one.expectedStartAt,
          waitingFor: one.waitingFor,
          createdAt: one.createdAt,
          progress: one.progress,
        });
    for (const one of transfers)
      if (!one.isFinished)
        entries.push({
          project,
          id: one.id,
          kind: one.__typename,
          version: null,
          flavor: null,
          state: one.state,
          position: null,
          expectedStartAt: null,
          waitingFor: null,
          createdAt: one.createdAt,
          progress: one.progress,
        });
  }
  return entries.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}
