import { csvRecord } from './csv-cells.ts';
import type { ItemSource } from './item.ts';
import { noteUnheld, type LossTally } from './losses.ts';

/**
 * `file,label,usage`: a row for each label, so that several labels are several rows; an unlabelled picture has one row with an empty
 * label. Usage is TRAIN, VALIDATION, TEST or empty.
 */
export async function* writeCsv(items: ItemSource, losses: LossTally): AsyncGenerator<string, void> {
  yield csvRecord(['file', 'label', 'usage']);
  for await (const item of items) {
    noteUnheld(losses, item, ['HARD', 'ANNOTATED_BY', 'CONFIDENCE', 'CREATED_AT']);
    const names = item.labels.length > 0 ? item.labels.map(({ name }) => name) : [''];
    yield names.map((name) => csvRecord([item.source, name, item.split ?? ''])).join('');
  }
}
