import { randomUUID } from 'node:crypto';
import { augmentPicture } from '../augmentation/augment-picture.ts';
import type { AugmentationSettings } from '../augmentation/augmentation-settings.ts';
import type { BaseModel } from '../base-model.ts';
import type { Cut } from '../autodiff/index.ts';
import type { CacheFolder } from '../cache/cache-folder.ts';
import type { EngineEvent } from '../engine-event.ts';
import { openActivationCache, type ActivationCache, type ActivationRow } from '../features/activation-cache.ts';
import { pictureSeed } from '../features/picture-seed.ts';
import type { PictureSource } from '../features/picture-source.ts';
import type { Device } from '../onnx/device.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { random } from '../random/random.ts';
import { abortable } from '../stopping/abortable.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import type { ExampleFeed } from './example-feed.ts';
import { openFrozenPrefix, type FrozenPrefix } from '../features/frozen-prefix.ts';

export interface ActivationFeedOptions extends StopSignals {
  readonly baseModel: BaseModel;
  readonly cut: Cut;
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly pictures: PictureCache;
  readonly folder: CacheFolder;
  readonly augmentation: AugmentationSettings;
  /** Of each training picture; view 0 is what prediction sees. */
  readonly views: number;
  readonly seed: number;
  readonly threads: number;
  readonly device: Device;
}

/**
 * Activations of the frozen part, computed once for each view and kept in the cache folder. A row that is not there any more, or that the
 * folder had no room for, is computed again when it is asked for: slower, never wrong.
 * @returns undefined when it was stopped before all views were there. @throws AbortError
 */
export async function* openActivationFeed(
  options: ActivationFeedOptions,
): AsyncGenerator<EngineEvent, ExampleFeed | undefined> {
  const { baseModel, cut, seed } = options;
  const rowLength = cut.shape.reduce((product, size) => product * size, 1);
  const cache = await openActivationCache(
    options.folder,
    {
      baseModelSha256: baseModel.card.sha256,
      cut: cut.value,
      inputSize: baseModel.card.input.size,
      viewSeed: seed,
      variant: JSON.stringify([options.augmentation, ...roundedBy(options)]),
    },
    rowLength,
  );
  const prefix = await openFrozenPrefix(baseModel, cut.value, cut.shape, options);
  const feed = new ActivationFeed(options, cache, prefix, rowLength);
  try {
    const finished = yield* feed.compute();
    if (finished) return feed;
    await feed.close();
    return undefined;
  } catch (error) {
    await feed.close();
    throw error;
  }
}

/** Of what the last bits depend on; without the name of the CPU, as rows that were made when there was no other are called. */
const roundedBy = ({ threads, device }: ActivationFeedOptions) => (device === 'CPU' ? [threads] : [threads, device]);

interface View {
  readonly side: 'train' | 'validation';
  readonly picture: number;
  readonly view: number;
}

class ActivationFeed implements ExampleFeed {
  readonly kind = { kind: 'activations' } as const;
  readonly rowLength: number;
  readonly #options: ActivationFeedOptions;
  readonly #cache: ActivationCache;
  readonly #prefix: FrozenPrefix;
  /** Pictures without a key must not be found by another training, whose pictures are others. */
  readonly #unkeyed = randomUUID();

  constructor(options: ActivationFeedOptions, cache: ActivationCache, prefix: FrozenPrefix, rowLength: number) {
    this.#options = options;
    this.#cache = cache;
    this.#prefix = prefix;
    this.rowLength = rowLength;
  }

  /** All views, the first of every picture first. @returns whether nothing is missing. */
  async *compute(): AsyncGenerator<EngineEvent, boolean> {
    const { train, validation, views } = this.#options;
    const wanted: View[] = [];
    for (let picture = 0; picture < validation.count; picture++) wanted.push({ side: 'validation', picture, view: 0 });
    for (let view = 0; view < views; view++)
      for (let picture = 0; picture < train.count; picture++) wanted.push({ side: 'train', picture, view });
    const meter = new ProgressMeter('FEATURES', wanted.length, 'images');
    const { batchSize } = this.#prefix;
    const block = this.allocate(batchSize);
    for (let start = 0; start < wanted.length; start += batchSize) {
      yield* meter.at(start);
      if (earlyStop(this.#options)) return false;
      const missing = wanted.slice(start, start + batchSize).filter((view) => !this.#cache.has(this.#rowOf(view)));
      if (missing.length > 0) await abortable(this.#compute(missing, block), this.#options.cancelSignal);
    }
    yield* meter.at(wanted.length);
    return true;
  }

  allocate(rows: number): Float32Array {
    return new Float32Array(rows * this.rowLength);
  }

  async fill(pictures: Int32Array, epoch: number, into: Float32Array | Uint8Array): Promise<void> {
    const { seed, views } = this.#options;
    const wanted = Array.from(pictures, (picture): View => ({
      side: 'train',
      picture,
      view: random(seed, epoch, picture).integer(views),
    }));
    await this.#read(wanted, into as Float32Array);
  }

  async fillValidation(start: number, into: Float32Array | Uint8Array): Promise<void> {
    const rows = Math.min(into.length / this.rowLength, this.#options.validation.count - start);
    const wanted = Array.from({ length: rows }, (_, row): View => ({
      side: 'validation',
      picture: start + row,
      view: 0,
    }));
    await this.#read(wanted, (into as Float32Array).subarray(0, rows * this.rowLength));
  }

  close(): Promise<void> {
    return this.#prefix.close();
  }

  async #read(wanted: readonly View[], into: Float32Array): Promise<void> {
    const { batchSize } = this.#prefix;
    const missing = await this.#cache.read(
      wanted.map((view) => this.#rowOf(view)),
      into,
    );
    for (let start = 0; start < missing.length; start += batchSize) {
      const part = missing.slice(start, start + batchSize);
      const block = this.allocate(part.length);
      await this.#compute(
        part.map((position) => wanted[position]!),
        block,
      );
      part.forEach((position, row) =>
        into.set(block.subarray(row * this.rowLength, (row + 1) * this.rowLength), position * this.rowLength),
      );
    }
  }

  async #compute(wanted: readonly View[], block: Float32Array): Promise<void> {
    const pixels = await Promise.all(wanted.map((view) => this.#pixelsOf(view)));
    const values = block.subarray(0, wanted.length * this.rowLength);
    values.set(await this.#prefix.run(pixels));
    await this.#cache.write(
      wanted.map((view) => this.#rowOf(view)),
      values,
    );
  }

  async #pixelsOf({ side, picture, view }: View): Promise<Uint8Array> {
    const { pictures, augmentation, seed, baseModel } = this.#options;
    const { size, resize } = baseModel.card.input;
    const source = this.#options[side];
    if (view === 0) return pictures.pixels(source, picture, { size, resize });
    const roomy = await pictures.roomyPixels(source, picture, { size, resize });
    return augmentPicture(roomy, size, random(seed, pictureSeed(source, picture), view), augmentation);
  }

  #rowOf({ side, picture, view }: View): ActivationRow {
    return { picture: this.#options[side].keyOf?.(picture) ?? `${this.#unkeyed}-${side}-${picture}`, view };
  }
}
