import type { ItemSource, TransferItem } from './item.ts';
import { noteUnheld, type LossTally } from './losses.ts';

/** Name of the control, as in the labelling configuration that goes with the export (docs/formats.md). */
const fromName = 'choice';

/**
 * Label Studio JSON to import there: a task for each picture, its labels as one annotation, the part as `data.split`. Ids count
 * from 1 and are unique in the document.
 */
export async function* writeLabelStudio(items: ItemSource, losses: LossTally): AsyncGenerator<string, void> {
  let id = 0;
  yield '[';
  for await (const item of items) {
    noteUnheld(losses, item, ['HARD', 'ANNOTATED_BY', 'CONFIDENCE']);
    id++;
    const annotations = item.labels.length > 0 ? [toAnnotation(id, item, losses)] : [];
    const data = { image: item.source, ...(item.split && { split: item.split }) };
    yield `${id > 1 ? ',' : ''}\n${JSON.stringify({ id, data, annotations })}`;
  }
  yield '\n]\n';
}

function toAnnotation(id: number, item: TransferItem, losses: LossTally) {
  const times = item.labels.map(({ createdAt }) => createdAt?.getTime());
  if (new Set(times).size > 1) losses.note('CREATED_AT', item, 'Labels of one picture share the time of the latest.');
  const known = times.filter((time) => time !== undefined);
  const choices = item.labels.map(({ name }) => name);
  return {
    id,
    result: [{ id: `r${id}`, type: 'choices', from_name: fromName, to_name: 'image', value: { choices } }],
    was_cancelled: false,
    ground_truth: false,
    ...(known.length > 0 && { created_at: new Date(Math.max(...known)).toISOString() }),
    task: id,
  };
}
