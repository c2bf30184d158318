import { readEntry, type Entry } from './entry.ts';
import {
  isObject,
  makeLabel,
  readConfidence,
  readInstant,
  readLabelName,
  readSource,
  readSplit,
  uniqueLabels,
  type JsonObject,
} from './fields.ts';
import {
  transferProblem,
  type ByteSource,
  type TransferItem,
  type TransferLabel,
  type TransferRecord,
} from './item.ts';
import { readJsonDocument } from './json-document.ts';
import { findControl, imageKeyOf, isFullTask } from './label-studio-task.ts';

export interface ReadLabelStudioOptions {
  /** Which of several choices is the class. Left out = the first in the document. */
  readonly fromName?: string | undefined;
  /** Field of the task's data that is the picture. Left out = `image`, or the one that looks like a picture. */
  readonly imageKey?: string | undefined;
  /** Take the last prediction of a task where nobody has annotated it. Left out = it is unlabelled. */
  readonly predictions?: boolean | undefined;
}

/**
 * Label Studio's JSON and JSON_MIN exports, loaded as a whole. Cancelled annotations are skipped. Of several annotations the ground
 * truth is taken, otherwise the latest; if they differ, that is told. `data.split` (as our export writes it) is the part.
 */
export async function* readLabelStudio(
  source: ByteSource,
  options: ReadLabelStudioOptions = {},
): AsyncGenerator<TransferRecord, void> {
  const document = await readJsonDocument(source);
  if (document.problem) {
    yield { problem: document.problem };
    return;
  }
  const { value } = document;
  if (!Array.isArray(value)) {
    yield {
      problem: transferProblem('INVALID_DOCUMENT', 'Not an export of Label Studio: it must be a list of tasks.'),
    };
    return;
  }
  const tasks = value as unknown[];
  const control = findControl(tasks, options);
  if (control.message) yield { problem: transferProblem('AMBIGUOUS_LAYOUT', control.message) };
  for (const [index, task] of tasks.entries())
    yield* readEntry({ path: `[${index}]` }, (entry) => {
      if (!isObject(task)) return entry.spoil('INVALID_ENTRY', 'A task is no object.');
      const data = isFullTask(task) ? task.data : task;
      const key = options.imageKey ?? imageKeyOf(data) ?? 'image';
      return {
        source: readSource(entry, data[key], key),
        labels: isFullTask(task)
          ? readAnnotated(task, control.fromName, options, entry)
          : readFlat(task, control.fromName, entry),
        split: readSplit(entry, data.split, 'split'),
      } satisfies TransferItem;
    });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as unknown[]).filter(isObject) : []);

function readAnnotated(
  task: JsonObject,
  fromName: string | undefined,
  options: ReadLabelStudioOptions,
  entry: Entry,
): TransferLabel[] {
  const made = listOf(task.annotations ?? task.completions).filter((annotation) => annotation.was_cancelled !== true);
  if (made.length === 0) {
    const prediction = options.predictions ? listOf(task.predictions).at(-1) : undefined;
    return prediction ? readPrediction(prediction, fromName, entry) : [];
  }
  const answers = made.map((annotation) => ({
    isTruth: annotation.ground_truth === true,
    at: textOf(annotation.updated_at) ?? textOf(annotation.created_at) ?? '',
    labels: choicesOf(annotation, fromName, entry).map((name) =>
      makeLabel(name, {
        annotatedBy: whoOf(annotation.completed_by),
        createdAt: readInstant(entry, annotation.created_at, 'created_at'),
      }),
    ),
  }));
  // Texts of one form, so that their order is that of time.
  const taken = answers.reduce((best, next) =>
    next.isTruth === best.isTruth ? (next.at >= best.at ? next : best) : next.isTruth ? next : best,
  );
  const nameSets = new Set(answers.map(({ labels }) => JSON.stringify(labels.map(({ name }) => name).sort())));
  if (nameSets.size > 1)
    entry.note(
      'CONFLICTING_ANNOTATIONS',
      `${answers.length} annotations differ; ${taken.isTruth ? 'the ground truth' : 'the latest'} is taken.`,
    );
  return uniqueLabels(taken.labels);
}

function readPrediction(prediction: JsonObject, fromName: string | undefined, entry: Entry): TransferLabel[] {
  const model = prediction.model_version;
  const details = {
    annotatedBy: typeof model === 'string' && model !== '' ? model : 'machine',
    confidence: readConfidence(entry, prediction.score, 'score'),
  };
  return uniqueLabels(choicesOf(prediction, fromName, entry).map((name) => makeLabel(name, details)));
}

function choicesOf(annotation: JsonObject, fromName: string | undefined, entry: Entry): string[] {
  const results = listOf(annotation.result);
  if (results.some(({ type }) => type !== 'choices'))
    entry.note('UNSUPPORTED_ANNOTATION', 'Results other than choices are left out.');
  return results
    .filter(({ type, from_name }) => type === 'choices' && from_name === fromName)
    .flatMap(({ value }) => readChoices(value, entry));
}

function readChoices(value: unknown, entry: Entry): string[] {
  const choices = isObject(value) ? value.choices : value;
  return [choices ?? []].flat().map((choice: unknown) => readLabelName(entry, choice, 'A choice'));
}

/** JSON_MIN: the choice stands in the task itself under its `from_name`, as text or as `{"choices": [...]}`. */
function readFlat(task: JsonObject, fromName: string | undefined, entry: Entry): TransferLabel[] {
  const details = {
    annotatedBy: whoOf(task.annotator),
    createdAt: readInstant(entry, task.created_at, 'created_at'),
  };
  const chosen = fromName === undefined ? undefined : task[fromName];
  const names = chosen === '' ? [] : readChoices(chosen, entry);
  return uniqueLabels(names.map((name) => makeLabel(name, details)));
}

/** `completed_by` is the number of a user or, in newer exports, an object with an e-mail address. */
function whoOf(user: unknown): string | undefined {
  const who = isObject(user) ? (user.email ?? user.id) : user;
  return typeof who === 'number' || (typeof who === 'string' && who !== '') ? `human/${who}` : undefined;
}
