import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { sizeOf } from './network.ts';

/**
 * How a value lies in memory. `nchw`: [N, channels, height, width]. `nhwc`: channels last. `cnhw`: channels first. `nc`: [N, channels]
 * of a value without extent. `blocked`: ONNX Runtime's own, [N, channels / block, height, width, block], channels padded to whole
 * blocks; the padding holds anything finite.
 */
export type MemoryLayout = 'nchw' | 'nhwc' | 'cnhw' | 'nc' | 'blocked';

/**
 * A value of the network while a graph for a fixed batch is written: the same numbers in one or several layouts, converted where an
 * operator wants another one, and each conversion written once.
 */
export class FeatureMap {
  /** [channels, height, width]. */
  readonly shape: readonly [number, number, number];
  readonly batch: number;
  readonly #builder: GraphBuilder;
  readonly #names = new Map<MemoryLayout, string>();

  constructor(
    builder: GraphBuilder,
    batch: number,
    shape: readonly [number, number, number],
    layout: MemoryLayout,
    name: string,
  ) {
    this.#builder = builder;
    this.batch = batch;
    this.shape = shape;
    this.#names.set(layout, name);
  }

  /** Of one picture. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** [N, channels], without extent. */
  get isVector(): boolean {
    return this.shape[1] === 1 && this.shape[2] === 1;
  }

  has(layout: MemoryLayout): boolean {
    return this.#names.has(layout);
  }

  /** Name of the tensor in that layout. */
  as(layout: MemoryLayout): string {
    const known = this.#names.get(layout);
    if (known) return known;
    const name = this.#convert(layout);
    this.#names.set(layout, name);
    return name;
  }

  /** The same numbers elsewhere, say after an elementwise operator. */
  like(layout: MemoryLayout, name: string): FeatureMap {
    return new FeatureMap(this.#builder, this.batch, this.shape, layout, name);
  }

  #convert(layout: MemoryLayout): string {
    const builder = this.#builder;
    const [channels, height, width] = this.shape;
    const blocked = this.#names.get('blocked');
    const nhwc = this.#names.get('nhwc');
    switch (layout) {
      case 'nchw':
        if (blocked) return builder.node(`${blockedDomain}.ReorderOutput`, [blocked], { channels });
        if (nhwc) return builder.node('Transpose', [nhwc], { perm: [0, 3, 1, 2] });
        if (this.has('cnhw')) return builder.node('Transpose', [this.as('cnhw')], { perm: [1, 0, 2, 3] });
        return builder.node('Reshape', [this.as('nc'), builder.ints(this.batch, channels, height, width)]);
      case 'nhwc':
        if (blocked && !this.has('nchw'))
          return builder.node(`${blockedDomain}.ReorderOutput`, [blocked], { channels, channels_last: 1 });
        return builder.node('Transpose', [this.as('nchw')], { perm: [0, 2, 3, 1] });
      case 'cnhw':
        return builder.node('Transpose', [this.as('nchw')], { perm: [1, 0, 2, 3] });
      case 'nc':
        return builder.node('Reshape', [this.as('nchw'), builder.ints(this.batch, channels)]);
      case 'blocked':
        return builder.node(`${blockedDomain}.ReorderInput`, [this.as('nchw')]);
    }
  }
}

/** The operator set of ONNX Runtime's blocked layout. */
export const blockedDomain = 'com.microsoft.nchwc';
