import type { Training, TrainingEvent } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Session } from './session.ts';
import { describeEvaluation } from './describe-evaluation.ts';
import { describeEvent, describePhase, openView, renderTraining, withEvent } from './training-view.ts';

/** Shows a training until it has ended: redrawn in place on a terminal, else line by line; with --json every event. Ctrl-C leaves it alone. */
export async function watchTraining(session: Session, training: Training, after = 0): Promise<ExitCode> {
  const { exemplar, output } = session;
  const { id, versionName } = training;
  session.onInterrupt = `${versionName} goes on. To see it again: exemplar watch ${id}; to end it: exemplar stop ${id} (keeps the best model) or exemplar cancel ${id}.`;
  let view = openView(training);
  let last: TrainingEvent | undefined;
  output.live?.show((size) => renderTraining(view, size, Date.now()));
  let isBroken = false;
  const events = exemplar.watchTraining(id, {
    after,
    // It is tried again and again; people need to hear it once.
    onDisconnect: ({ error }) => {
      if (!isBroken) output.note(`The connection broke (${error.message}); going on as soon as the server answers.`);
      isBroken = true;
    },
  });
  for await (const event of events) {
    isBroken = false;
    view = withEvent(view, event, Date.now());
    const plain = output.live ? undefined : describePhase(event, last);
    output.event(event, describeEvent(event) ?? plain);
    if (event.__typename === 'TrainingProgressed') last = event;
  }
  output.live?.end();
  session.onInterrupt = undefined;
  const ended = (await exemplar.trainings.get(id))!;
  return sayEnd(session, ended);
}

/** What a training that has ended has left. */
async function sayEnd({ exemplar, output }: Session, training: Training): Promise<ExitCode> {
  const { failure, state, versionName, modelVersion } = training;
  if (failure) output.note(`${versionName} failed: ${failure.message}\n${failure.hint}`);
  if (!modelVersion) return state === 'COMPLETED' ? exitCodes.done : exitCodes.failed;
  if (!output.json) {
    const evaluation = await exemplar.modelVersions.evaluation(modelVersion.id);
    output.line();
    output.line(output.bold(`Model version ${modelVersion.name}`));
    if (evaluation) for (const line of describeEvaluation(evaluation, output)) output.line(line);
  }
  return exitCodes.done;
}
