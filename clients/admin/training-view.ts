import type { Training, TrainingEvent } from '../typescript/index.ts';
import { formatPercent } from './text/format-percent.ts';
import { formatSeconds, renderBar, type Progress } from './text/progress-bar.ts';
import { renderTable } from './text/text-table.ts';

type Epoch = Extract<TrainingEvent, { readonly __typename: 'TrainingEpochCompleted' }>;
type Phase = Extract<TrainingEvent, { readonly __typename: 'TrainingProgressed' }>['phase'];

/** What is known of a training that is watched: a fold over its events. */
export interface TrainingView {
  readonly versionName: string;
  readonly state: Training['state'];
  readonly progress: (Progress & { readonly at: number }) | undefined;
  readonly epoch: Epoch | undefined;
  /** The epoch before, for what has become better. */
  readonly before: Epoch | undefined;
}

export const openView = ({ versionName, state }: Pick<Training, 'versionName' | 'state'>): TrainingView => ({
  versionName,
  state,
  progress: undefined,
  epoch: undefined,
  before: undefined,
});

export const phaseWords: Readonly<Record<Phase, { readonly label: string; readonly unit: string }>> = {
  FEATURES: { label: 'looking at pictures', unit: 'pictures' },
  TRAINING: { label: 'learning', unit: 'steps' },
  EVALUATING: { label: 'evaluating', unit: 'pictures' },
  EXPORTING: { label: 'exporting the model', unit: 'images' },
};

/** @param now milliseconds since 1970, by the clock that draws. */
export function withEvent(view: TrainingView, event: TrainingEvent, now: number): TrainingView {
  switch (event.__typename) {
    case 'TrainingStateChanged':
      return { ...view, state: event.state, progress: undefined };
    case 'TrainingProgressed': {
      const { phase, done, total, etaSeconds } = event;
      return { ...view, progress: { ...phaseWords[phase], done, total, etaSeconds, at: now } };
    }
    case 'TrainingEpochCompleted':
      return { ...view, epoch: event, before: view.epoch };
    default:
      return view;
  }
}

/** The lines that are redrawn in place: state, bar, and the statistics of every class after the last epoch. */
export function renderTraining(
  { versionName, state, progress, epoch, before }: TrainingView,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  now: number,
): string[] {
  const lines = [`${versionName}  ${state}${epoch ? `  ${describeEpoch(epoch)}` : ''}`];
  if (progress) {
    // Between two events the time left runs down by itself.
    const { etaSeconds, at } = progress;
    const left = etaSeconds === null ? null : Math.max(0, etaSeconds - (now - at) / 1000);
    lines.push(renderBar({ ...progress, etaSeconds: left }, columns + 1));
  }
  if (!epoch) return lines;
  const earlier = new Map(before?.metrics.classStatistics.map((one) => [one.labelId, one.f1]));
  const table = renderTable(
    ['class', 'pictures', 'precision', 'recall', 'F1', ''],
    epoch.metrics.classStatistics.map(({ labelId, labelName, support, precision, recall, f1 }) => [
      labelName,
      String(support),
      formatPercent(precision),
      formatPercent(recall),
      formatPercent(f1),
      trend(f1 - (earlier.get(labelId) ?? f1)),
    ]),
    columns,
  );
  const room = Math.max(2, rows - lines.length);
  if (table.length <= room) return [...lines, ...table];
  const shown = table.slice(0, room - 1);
  return [...lines, ...shown, `and ${table.length - shown.length} more classes`];
}

/** Such as `epoch 3/30  loss 0.368  accuracy 90.0 %  macro F1 89.8 %`. */
export function describeEpoch({ epoch, epochs, loss, metrics }: Epoch): string {
  const place = `${String(epoch).padStart(String(epochs).length)}/${epochs}`;
  return `epoch ${place}  loss ${loss.toFixed(3)}  accuracy ${formatPercent(metrics.accuracy)}  macro F1 ${formatPercent(metrics.macro.f1)}`;
}

/** What a line says of an event where nothing is redrawn; undefined for those that only move a bar. */
export function describeEvent(event: TrainingEvent): string | undefined {
  switch (event.__typename) {
    case 'TrainingEpochCompleted':
      return describeEpoch(event);
    case 'TrainingStateChanged':
      return `${event.state}${event.stopReason ? ` (${event.stopReason})` : ''}`;
    case 'TrainingLogLine':
      return event.level === 'WARN' ? `warning: ${event.message}` : event.message;
    case 'TrainingInterrupted':
      return `attempt ${event.attempt} ended: ${event.message}`;
    case 'TrainingResumed':
      return `attempt ${event.attempt} goes on`;
    case 'TrainingStopRequested':
      return event.request === 'CANCEL' ? 'it is to be cancelled' : 'it is to stop and keep its best model';
    default:
      return undefined;
  }
}

/** A line for a phase that begins or is done: without a terminal a bar would be a thousand lines. */
export function describePhase(event: TrainingEvent, last: TrainingEvent | undefined): string | undefined {
  if (event.__typename !== 'TrainingProgressed') return undefined;
  const { phase, done, total, etaSeconds } = event;
  if (last?.__typename === 'TrainingProgressed' && last.phase === phase) return undefined;
  const { label, unit } = phaseWords[phase];
  return `${label}: ${done}/${total} ${unit}${etaSeconds === null ? '' : `, ${formatSeconds(etaSeconds)} left`}`;
}

function trend(change: number): string {
  if (Math.abs(change) < 0.0005) return '';
  return `${change > 0 ? '▲' : '▼'} ${(100 * Math.abs(change)).toFixed(1)}`;
}
