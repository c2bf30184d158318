import { environmentOf } from '#core/platform/objects/s3-keys.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import { isLaterState } from '#core/trainings/training-facts.ts';
import { stateOfPhase, toFact } from './engine-facts.ts';
import { FactRecorder } from './fact-recorder.ts';
import type { JobLease } from './job-lease.ts';
import { runTrainer, type TrainerOutcome } from './run-trainer.ts';
import type { StopRequests } from './stop-requests.ts';
import { TrainerSpans } from './trainer-spans.ts';
import { whenRaised } from './when-raised.ts';

/** A trainer that is still alive this long past its deadline hangs. */
const hangMilliseconds = 60_000;

/**
 * Runs the trainer, writes what it tells, passes on what the user and the worker want.
 * @throws {StaleAttemptError} or what else kept its facts from being written.
 */
export async function superviseTrainer(
  platform: Platform,
  { training, classes, deadline }: ClaimedTraining,
  folder: string,
  lease: JobLease,
  requests: StopRequests,
): Promise<TrainerOutcome> {
  using listeners = new DisposableStack();
  let lost: { readonly error: unknown } | undefined;
  const giveUp = (error: unknown) => {
    lost ??= { error };
    trainer.kill();
  };
  const recorder = new FactRecorder(platform, training.id, training.attempt, giveUp);
  let state = training.state;
  const spans = new TrainerSpans(platform.tracing);
  listeners.defer(() => spans.end());
  const trainer = runTrainer(folder, environmentOf(platform.config.s3), (event) => {
    // Later stages look at pictures again; for people the training runs on.
    if (event.type === 'progress' && isLaterState(stateOfPhase[event.phase], state)) {
      state = stateOfPhase[event.phase];
      recorder.add({ type: 'STATE_CHANGED', state, stopReason: null, failure: null });
    }
    spans.note(event);
    const fact = toFact(event, classes);
    if (fact) recorder.add(fact);
  });
  listeners.use(whenRaised(lease.lost, () => giveUp(new Error('the queue has taken the job away'))));
  listeners.use(whenRaised(requests.overtaken, () => giveUp(requests.overtaken.reason)));
  listeners.use(whenRaised(requests.keep, () => trainer.command('keep')));
  listeners.use(whenRaised(requests.cancel, () => trainer.command('cancel')));
  listeners.use(whenRaised(lease.handOver, () => trainer.command('handOver')));
  let hung = false;
  const hang = setInterval(() => {
    if (Date.now() <= deadline.getTime() + hangMilliseconds) return;
    hung = true;
    trainer.kill();
  }, 1000);
  listeners.defer(() => clearInterval(hang));
  const outcome = await trainer.outcome;
  await recorder.flush();
  if (lost) throw lost.error;
  if (outcome.type !== 'crashed') return outcome;
  // Told to end, it was too slow and was killed.
  if (requests.cancel.aborted) return { type: 'cancelled' };
  if (lease.handOver.aborted) return { type: 'handedOver' };
  return hung ? { ...outcome, stderr: 'it was still running a minute after its deadline and was killed' } : outcome;
}
