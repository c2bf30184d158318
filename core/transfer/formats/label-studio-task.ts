import { isObject, shown, type JsonObject } from './fields.ts';
import { looksLikePicture } from './csv-layout.ts';

/** A task of the JSON export, not of JSON_MIN. */
export function isFullTask(task: JsonObject): task is JsonObject & { data: JsonObject } {
  return isObject(task.data);
}

/** The field of a task's data that holds the picture: `image`, or the only one that looks like it. */
export function imageKeyOf(data: JsonObject): string | undefined {
  if (typeof data.image === 'string') return 'image';
  const keys = Object.keys(data).filter((key) => {
    const value = data[key];
    return typeof value === 'string' && (looksLikePicture(value) || value.startsWith('/data/'));
  });
  return keys.length === 1 ? keys[0] : undefined;
}

export interface Control {
  /** undefined = nobody chose anything. */
  readonly fromName: string | undefined;
  /** Set when there were several to choose from. */
  readonly message?: string;
}

/** The `from_name` of the choices that are the class; found in the document, as each project gives it a name of its own. */
export function findControl(
  tasks: readonly unknown[],
  options: { fromName?: string | undefined; imageKey?: string | undefined; predictions?: boolean | undefined },
): Control {
  if (options.fromName !== undefined) return { fromName: options.fromName };
  const names = new Set<string>();
  /** Plain text under these keys may be a choice or a column of the data. */
  const texts = new Set<string>();
  for (const task of tasks.filter(isObject))
    if (isFullTask(task)) for (const name of controlsOfFull(task, options.predictions ?? false)) names.add(name);
    else
      for (const [key, value] of Object.entries(task)) {
        if (isObject(value) && Array.isArray(value.choices)) names.add(key);
        else if (typeof value === 'string' && !fieldsOfMin.has(key) && key !== (options.imageKey ?? imageKeyOf(task)))
          texts.add(key);
      }
  const usual = ['choice', 'choices', 'label', 'class'].filter((name) => texts.has(name));
  const found = names.size > 0 ? [...names] : usual.length > 0 ? usual : [...texts];
  const [fromName] = found;
  if (found.length < 2) return { fromName };
  const all = found.slice(0, 10).map(shown).join(', ');
  return { fromName, message: `There are several controls (${all}); ${shown(fromName)} is taken as the class.` };
}

const fieldsOfMin = new Set(['id', 'annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time', 'split']);

function* controlsOfFull(task: JsonObject, predictions: boolean): Generator<string> {
  for (const list of [task.annotations ?? task.completions, predictions && task.predictions])
    for (const annotation of Array.isArray(list) ? (list as unknown[]) : []) {
      if (!isObject(annotation) || annotation.was_cancelled === true || !Array.isArray(annotation.result)) continue;
      for (const result of annotation.result as unknown[])
        if (isObject(result) && result.type === 'choices' && typeof result.from_name === 'string')
          yield result.from_name;
    }
}
