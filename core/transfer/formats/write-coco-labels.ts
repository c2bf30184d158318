import type { ItemSource, TransferSplit } from './item.ts';
import { noteSplit, noteUnheld, type LossTally } from './losses.ts';

export interface WriteCocoLabelsOptions {
  /** The part that the document stands for (its file is called `labels_<part>.json`); items of another one lose theirs. */
  readonly split?: TransferSplit | undefined;
  /** Categories in their order, so that the documents of one export agree on it; others follow as they come. */
  readonly classes?: readonly string[] | undefined;
}

/** An annotation takes this many numbers of `annotations`: image, category, score (NaN = none). */
const fields = 3;

/**
 * COCO in the form of Datumaro's `coco_labels`: COCO itself has no image classification. Ids count from 1. Keeps three numbers for each
 * label until the images are written, since COCO lists its annotations apart.
 */
export async function* writeCocoLabels(
  items: ItemSource,
  losses: LossTally,
  options: WriteCocoLabelsOptions = {},
): AsyncGenerator<string, void> {
  const categories = new Map(options.classes?.map((name, index) => [name, index + 1]));
  const annotations: number[] = [];
  let image = 0;
  yield '{"images":[';
  for await (const item of items) {
    noteUnheld(losses, item, ['HARD', 'ANNOTATED_BY', 'CREATED_AT']);
    noteSplit(losses, item, options.split);
    image++;
    yield `${image > 1 ? ',' : ''}\n${JSON.stringify({ id: image, file_name: item.source, ...item.size })}`;
    for (const { name, confidence = NaN } of item.labels) {
      if (!categories.has(name)) categories.set(name, categories.size + 1);
      annotations.push(image, categories.get(name)!, confidence);
    }
  }
  const listed = [...categories].map(([name, id]) => `\n${JSON.stringify({ id, name, supercategory: '' })}`);
  yield `\n],"categories":[${listed.join(',')}\n],"annotations":[`;
  for (let at = 0; at < annotations.length; at += fields) {
    const [image_id, category_id, score] = annotations.slice(at, at + fields) as [number, number, number];
    const annotation = { id: at / fields + 1, image_id, category_id, ...(!Number.isNaN(score) && { score }) };
    yield `${at > 0 ? ',' : ''}\n${JSON.stringify(annotation)}`;
  }
  yield '\n]}\n';
}
