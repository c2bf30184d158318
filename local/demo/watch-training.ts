import type { Endpoint } from './graphql-client.ts';
import { formatPercent } from '../../clients/admin/text/format-percent.ts';
import type { Terminal } from './terminal.ts';
import {
  isFinal,
  trainingEvents,
  type TrainingEvent,
  type TrainingFailure,
  type TrainingPhase,
  type TrainingState,
} from './training-events.ts';

export interface EndedTraining {
  readonly state: TrainingState;
  readonly stopReason: string | null;
  readonly failure: TrainingFailure | null;
}

const phaseLabels: Record<TrainingPhase, { readonly label: string; readonly unit: string }> = {
  FEATURES: { label: 'looking at pictures', unit: 'pictures' },
  TRAINING: { label: 'learning', unit: 'steps' },
  EVALUATING: { label: 'evaluating', unit: 'pictures' },
  EXPORTING: { label: 'exporting the model', unit: 'images' },
};

/** Shows a training live until it has ended. */
export async function watchTraining(
  endpoint: Endpoint,
  trainingId: string,
  terminal: Terminal,
): Promise<EndedTraining> {
  const onBreak = (reason: string) => terminal.line(terminal.dim(`  the event stream broke (${reason}); going on`));
  try {
    for await (const event of trainingEvents(endpoint, trainingId, onBreak)) {
      showEvent(event, terminal);
      if (event.__typename === 'TrainingStateChanged' && isFinal(event.state)) {
        const { state, stopReason, failure } = event;
        return { state, stopReason, failure };
      }
    }
  } finally {
    terminal.endProgress();
  }
  throw new Error('the event stream ended before the training');
}

function showEvent(event: TrainingEvent, terminal: Terminal): void {
  switch (event.__typename) {
    case 'TrainingProgressed': {
      const { done, total, etaSeconds } = event;
      return terminal.progress({ ...phaseLabels[event.phase], done, total, etaSeconds });
    }
    case 'TrainingEpochCompleted': {
      const { epoch, epochs, loss, metrics } = event;
      const place = `${String(epoch).padStart(String(epochs).length)}/${epochs}`;
      return terminal.line(
        `  epoch ${place}  loss ${loss.toFixed(3)}  accuracy ${formatPercent(metrics.accuracy)}  macro F1 ${formatPercent(metrics.macro.f1)}`,
      );
    }
    case 'TrainingLogLine':
      return terminal.line(
        event.level === 'WARN' ? terminal.warning(`  ${event.message}`) : terminal.dim(`  ${event.message}`),
      );
    default:
  }
}
