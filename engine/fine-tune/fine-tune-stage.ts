import type { ConvolutionLowering, Trainable } from '../autodiff/index.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { Labels } from '../labels/labels.ts';
import { lossOf } from '../labels/loss-of.ts';
import type { Scored } from '../metrics/scored.ts';
import type { Device } from '../onnx/device.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import { openStepper, openSuffixForward, outputOf } from '../step/index.ts';
import type { StopSignals } from '../stopping/stop-signals.ts';
import type { ExampleFeed } from './example-feed.ts';
import { validationBatch } from './judge-parameters.ts';
import type { StageCandidate, StageProgress } from './stage-progress.ts';
import { StageRun } from './stage-run.ts';

const largestGradientNorm = 1;

export interface StageOptions extends StopSignals {
  readonly plan: StagePlan;
  readonly trainable: Trainable;
  readonly lowering: ConvolutionLowering;
  readonly device: Device;
  /** To start from. */
  readonly parameters: Float32Array;
  readonly feed: ExampleFeed;
  readonly trainLabels: Labels;
  readonly validationLabels: Labels;
  readonly seed: number;
  /** Epochs of earlier stages, and planned for all stages together. */
  readonly epochsBefore: number;
  readonly epochsInAll: number;
  /** What is to be beaten. */
  readonly toBeat: Scored;
  readonly resume: StageProgress | undefined;
  /** Called between runs, never while one is under way; answers what there is to tell of it. */
  readonly onProgress: (progress: StageProgress) => Promise<EngineEvent | undefined>;
}

export interface StageResult {
  readonly best: StageCandidate | undefined;
  /** Undefined when all planned epochs were done. */
  readonly stopReason: 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER' | undefined;
  readonly epochs: number;
}

/**
 * Trains everything after the cut, with the head, by AdamW; after every epoch judges the moving average of the parameters on the
 * validation pictures and keeps the best.
 * @throws {TrainingDivergedError} @throws AbortError
 */
export async function* fineTuneStage(options: StageOptions): AsyncGenerator<EngineEvent, StageResult> {
  await using resources = new AsyncDisposableStack();
  const { plan, trainable, lowering, device, feed } = options;
  const loss = lossOf(options.trainLabels);
  const shared = { trainable, lowering, examples: feed.kind, threads: plan.threads, device };
  const stepper = resources.adopt(
    await openStepper(
      {
        ...shared,
        loss,
        batchSize: plan.batchSize,
        largestGradientNorm,
        weightDecay: plan.weightDecay,
      },
      options.parameters,
    ),
    (each) => each.close(),
  );
  const forward = resources.adopt(
    await openSuffixForward({ ...shared, batchSize: validationBatch, output: outputOf(loss) }),
    (each) => each.close(),
  );
  return yield* new StageRun(options, stepper, forward).run();
}
