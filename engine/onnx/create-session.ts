import { InferenceSession } from './onnx-runtime.ts';
import type { ModelProto } from './onnx-messages.ts';
import { writeModel } from './write-model.ts';

/**
 * How a graph is run. `frozen`: constant weights, every graph optimisation. `training`: small steps with changing shapes of work,
 * where optimisation gains nothing and memory patterns triple the peak (training.md, section 2.5).
 */
export type SessionKind = 'frozen' | 'training';

/** @param threads of one run. Spinning is off: waiting threads would take the cores that decode the next pictures. */
export async function createSession(
  model: ModelProto | Uint8Array,
  kind: SessionKind,
  threads = 1,
): Promise<InferenceSession> {
  return InferenceSession.create(model instanceof Uint8Array ? model : writeModel(model), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: kind === 'frozen' ? 'all' : 'disabled',
    enableMemPattern: kind === 'frozen',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}
