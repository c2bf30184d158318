import { executionProviderOf, type Device } from './device.ts';
import { DeviceUnavailableError } from './device-unavailable-error.ts';
import { InferenceSession } from './onnx-runtime.ts';
import type { ModelProto } from './onnx-messages.ts';
import { writeModel } from './write-model.ts';

/**
 * How a graph is run. `frozen`: constant weights, every graph optimisation. `training`: small steps with changing shapes of work,
 * where optimisation gains nothing and memory patterns triple the peak (training.md, section 2.5).
 */
export type SessionKind = 'frozen' | 'training';

export interface SessionSettings {
  /** Of one run, on the CPU. Spinning is off: waiting threads would take the cores that decode the next pictures. @default 1 */
  readonly threads?: number | undefined;
  /** Operators that it lacks run on the CPU, in the same session. @default 'CPU' */
  readonly device?: Device | undefined;
}

/** @throws {DeviceUnavailableError} for a device other than the CPU, when ONNX Runtime cannot open the session there. */
export async function createSession(
  model: ModelProto | Uint8Array,
  kind: SessionKind,
  { threads = 1, device = 'CPU' }: SessionSettings = {},
): Promise<InferenceSession> {
  if (device === 'CUDA') keepFullPrecision();
  const opening = InferenceSession.create(model instanceof Uint8Array ? model : writeModel(model), {
    executionProviders: [executionProviderOf(device)],
    graphOptimizationLevel: kind === 'frozen' ? 'all' : 'disabled',
    enableMemPattern: kind === 'frozen',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  if (device === 'CPU') return opening;
  return opening.catch((cause: unknown) => {
    throw new DeviceUnavailableError(device, cause);
  });
}

/**
 * NVIDIA's libraries round factors to ten bits (TF32) unless told otherwise, and the binding of ONNX Runtime cannot tell its provider `use_tf32`.
 * They read the variable when they are loaded, with the first session.
 */
function keepFullPrecision(): void {
  process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
}
