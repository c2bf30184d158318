import type { ItemSource, TransferItem, TransferLabel } from './item.ts';
import { jsonLine } from './json-lines.ts';
import type { LossTally } from './losses.ts';

export interface WriteModelArtsManifestOptions {
  /** Put before sources that are no `s3://` address, such as `s3://bucket/dataset/`. */
  readonly prefix: string;
}

const usages = { TRAIN: 'TRAIN', VALIDATION: 'EVAL', TEST: 'TEST' } as const;

/**
 * ModelArts manifest with every source at `s3://`, since what stands at `obs://` "cannot be parsed during training". Holds everything
 * but the milliseconds of times.
 */
export async function* writeModelArtsManifest(
  items: ItemSource,
  losses: LossTally,
  options: WriteModelArtsManifestOptions,
): AsyncGenerator<string, void> {
  for await (const item of items) {
    const source = toS3(item.source, options.prefix);
    noteLosses(losses, item, source);
    yield jsonLine({
      source,
      ...(item.split && { usage: usages[item.split] }),
      ...(item.hard !== undefined && { hard: String(item.hard) }),
      ...(item.labels.length > 0 && { annotation: item.labels.map(toAnnotation) }),
    });
  }
}

function toS3(source: string, prefix: string): string {
  if (source.startsWith('s3://')) return source;
  return source.startsWith('obs://') ? `s3://${source.slice('obs://'.length)}` : prefix + source;
}

function toAnnotation({ name, annotatedBy, confidence, createdAt }: TransferLabel) {
  return {
    type: 'modelarts/image_classification',
    name,
    ...(annotatedBy !== undefined && { 'annotated-by': annotatedBy }),
    ...(confidence !== undefined && { confidence }),
    ...(createdAt && { 'creation-time': createdAt.toISOString().slice(0, 19).replace('T', ' ') }),
  };
}

function noteLosses(losses: LossTally, item: TransferItem, source: string): void {
  if (source !== item.source) losses.note('SOURCE', item, 'Sources are written as s3:// addresses.');
  if (item.labels.some(({ createdAt }) => createdAt && createdAt.getUTCMilliseconds() > 0))
    losses.note('CREATED_AT', item, 'Times of labelling are cut to seconds.');
  if (item.labels.some(({ name }) => !/^[\p{L}\p{N}_-]{1,32}$/u.test(name)))
    losses.note('TARGET_RULES', item, 'ModelArts may refuse labels of other than 1 to 32 letters, digits, - and _.');
  if (/[+\s]/.test(source)) losses.note('TARGET_RULES', item, 'ModelArts may refuse file names with +, space or tab.');
}
