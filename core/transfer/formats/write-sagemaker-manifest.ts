import type { ItemSource, TransferItem, TransferLabel, TransferSplit } from './item.ts';
import { jsonLine } from './json-lines.ts';
import { noteSplit, noteUnheld, type LossTally } from './losses.ts';

export interface WriteSageMakerManifestOptions {
  /** `creation-date`, which the format demands, of labels whose time is not known. */
  readonly writtenAt: Date;
  /** The part that the manifest as a whole stands for; items of another one lose theirs. */
  readonly split?: TransferSplit | undefined;
  /** Classes in the order in which they are numbered, so that the manifests of one export agree on it; others follow as they come. */
  readonly classes?: readonly string[] | undefined;
}

/** Of Rekognition Custom Labels. */
const maximumLines = 250_000;
const maximumLabels = 50;

/**
 * SageMaker Ground Truth and Rekognition manifest: attribute `label`, or `label0`, `label1`, ... for several labels, each with
 * its metadata; the number is the class. What the format demands and an item lacks is filled in: confidence 1,
 * annotated by a human, at `writtenAt`.
 */
export async function* writeSageMakerManifest(
  items: ItemSource,
  losses: LossTally,
  options: WriteSageMakerManifestOptions,
): AsyncGenerator<string, void> {
  const classes = new Map(options.classes?.map((name, index) => [name, index]));
  let lines = 0;
  for await (const item of items) {
    noteLosses(losses, item, options);
    if (!item.source.startsWith('s3://'))
      losses.note('TARGET_RULES', item, 'SageMaker and Rekognition take s3:// addresses only.');
    if (++lines > maximumLines) losses.note('TARGET_RULES', item, `Rekognition takes at most ${maximumLines} lines.`);
    const attributes = item.labels.map((label, index) => {
      if (!classes.has(label.name)) classes.set(label.name, classes.size);
      const name = item.labels.length === 1 ? 'label' : `label${index}`;
      return { [name]: classes.get(label.name), [`${name}-metadata`]: toMetadata(label, options.writtenAt) };
    });
    yield jsonLine(Object.assign({ 'source-ref': item.source }, ...attributes));
  }
}

const isHuman = (annotatedBy = 'human'): boolean => annotatedBy === '' || /^human(?:\/|$)/.test(annotatedBy);

function toMetadata({ name, annotatedBy, confidence, createdAt }: TransferLabel, writtenAt: Date) {
  return {
    'class-name': name,
    confidence: confidence ?? 1,
    type: 'groundtruth/image-classification',
    ...(!isHuman(annotatedBy) && { 'job-name': annotatedBy }),
    'human-annotated': isHuman(annotatedBy) ? 'yes' : 'no',
    'creation-date': (createdAt ?? writtenAt).toISOString().slice(0, -1),
  };
}

function noteLosses(losses: LossTally, item: TransferItem, { split }: WriteSageMakerManifestOptions): void {
  noteUnheld(losses, item, ['HARD']);
  noteSplit(losses, item, split);
  const { labels } = item;
  if (labels.some(({ annotatedBy }) => isHuman(annotatedBy) && annotatedBy !== 'human'))
    losses.note(
      'ANNOTATED_BY',
      item,
      'Of people only that it was a human is kept; where nothing is known, human is written.',
    );
  if (labels.some(({ confidence }) => confidence === undefined))
    losses.note('CONFIDENCE', item, 'Confidence 1 is written where none is known.');
  if (labels.some(({ createdAt }) => createdAt === undefined))
    losses.note('CREATED_AT', item, 'The time of the export is written where that of labelling is not known.');
  if (labels.length > maximumLabels)
    losses.note('TARGET_RULES', item, `Rekognition takes at most ${maximumLabels} labels of a picture.`);
}
