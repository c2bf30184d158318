import { isDeepStrictEqual } from 'node:util';
import { check, type Check } from './check.ts';
import { metricFields } from './event-fields.ts';
import type { AcknowledgedTraining, People } from './people.ts';
import type { Watcher } from './watcher.ts';

/** A row of `training`. */
export interface TrainingRow {
  readonly id: string;
  readonly project_id: string;
  readonly version_number: number;
  readonly state: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly attempt: number;
  readonly last_sequence: number;
}

/** `cancelled`: those whose cancellation somebody has asked for, in time or not; `stopped`: whose stop, which leaves no model before the start. */
export function checkEnds(
  acknowledged: readonly AcknowledgedTraining[],
  rows: readonly TrainingRow[],
  { cancelled, stopped }: { cancelled: ReadonlySet<string>; stopped: ReadonlySet<string> },
): Check[] {
  const byId = new Map(rows.map((row) => [`Training_${row.id}`, row]));
  const wrongEnds: string[] = [];
  const wrongNumbers: string[] = [];
  for (const { id, projectId, versionName } of acknowledged) {
    const row = byId.get(id);
    const name = row && `V${String(row.version_number).padStart(3, '0')}`;
    if (name !== versionName || `Project_${row?.project_id}` !== projectId)
      wrongNumbers.push(`${id} was acknowledged as ${versionName} and is ${name ?? 'gone'}`);
    const isCancelled = cancelled.has(id) || (stopped.has(id) && row?.attempt === 0);
    const isRight = row?.state === 'COMPLETED' || (row?.state === 'CANCELLED' && isCancelled);
    if (!isRight)
      wrongEnds.push(
        `${id} is ${row?.state} in attempt ${row?.attempt}${row?.failure ? `: ${row.failure.code} ${row.failure.message}` : ''}`,
      );
  }
  if (rows.length !== acknowledged.length)
    wrongNumbers.push(`${rows.length} trainings are there, ${acknowledged.length} were acknowledged`);
  for (const [projectId, ofProject] of Map.groupBy(rows, (row) => row.project_id)) {
    const numbers = ofProject.map((row) => row.version_number).sort((a, b) => a - b);
    if (numbers.some((number, index) => number !== index + 1))
      wrongNumbers.push(`project ${projectId} has the versions ${numbers.join(', ')}`);
  }
  return [
    check('every training has ended as it should', 'trainings', acknowledged.length, wrongEnds),
    check('version numbers are as acknowledged, without gap or duplicate', 'trainings', rows.length, wrongNumbers),
  ];
}

/** The last statistics that watchers saw are those that are stored with the model. */
export async function checkEvaluations(
  people: People,
  rows: readonly TrainingRow[],
  watchers: readonly Watcher[],
): Promise<Check> {
  const completed = rows.filter((row) => row.state === 'COMPLETED').map((row) => `Training_${row.id}`);
  const problems: string[] = [];
  for (const id of completed) {
    const { training } = await people.ask(
      `query ($id: ID!) { training(id: $id) { versionName modelVersion { name evaluation { ${metricFields} } } } }`,
      { id },
    );
    const stored = training.modelVersion?.evaluation;
    if (training.modelVersion?.name !== training.versionName)
      problems.push(`${id}: its model is ${training.modelVersion?.name}`);
    for (const watcher of watchers.filter(({ trainingId }) => trainingId === id)) {
      const evaluated = watcher.events.filter((event) => event.__typename === 'TrainingEvaluated');
      if (evaluated.length !== 1 || !isDeepStrictEqual(evaluated[0].metrics, stored))
        problems.push(`${id}: ${evaluated.length} evaluations on the stream, or another one than the stored one`);
    }
  }
  return check('the evaluation on the stream is the stored one', 'completed trainings', completed.length, problems);
}
