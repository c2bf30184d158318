import type { Random } from '../random/random.ts';
import { shuffledIndices } from '../random/shuffle.ts';

/** Which pictures of a batch are mixed with which, and how. */
export interface Mixing {
  /** [batch], index of the other picture in the batch; a picture may be its own partner. */
  readonly partners: Int32Array;
  /** [batch], how much of a picture is itself, 0..1; the rest is its partner. */
  readonly shares: Float32Array;
  /** [batch, 4] left, top, right, bottom of what comes from the partner, pixels; where it is missing all pixels are blended. */
  readonly boxes?: Int32Array;
}

/**
 * Pixels and targets are blended (Zhang et al., "mixup: Beyond empirical risk minimization", 2018), each picture with a share of its own.
 * @param alpha of Beta(alpha, alpha), from which shares come; 0.1 to 0.4 mix a little, 1 evenly.
 */
export function drawMixUp(batch: number, alpha: number, random: Random): Mixing {
  return {
    partners: shuffledIndices(batch, random),
    shares: Float32Array.from({ length: batch }, () => beta(alpha, random)),
  };
}

/**
 * A box of the partner is pasted (Yun et al., "CutMix", 2019, algorithm A1): sides are size x sqrt(1 - share), the centre lies anywhere,
 * and the share is corrected for what falls outside.
 * @param size of the pictures, pixels. @param alpha as for {@link drawMixUp}.
 */
export function drawCutMix(batch: number, size: number, alpha: number, random: Random): Mixing {
  const partners = shuffledIndices(batch, random);
  const shares = new Float32Array(batch);
  const boxes = new Int32Array(batch * 4);
  for (let index = 0; index < batch; index++) {
    const half = (size * Math.sqrt(1 - beta(alpha, random))) / 2;
    const x = random.integer(size);
    const y = random.integer(size);
    const box = [x - half, y - half, x + half, y + half].map((edge) => Math.min(size, Math.max(0, Math.round(edge))));
    boxes.set(box, index * 4);
    shares[index] = 1 - ((box[2]! - box[0]!) * (box[3]! - box[1]!)) / (size * size);
  }
  return { partners, shares, boxes };
}

/** @param batch [batch, size, size, 3] uint8. @returns the same shape, a new buffer. */
export function mixPictures(batch: Uint8Array, size: number, { partners, shares, boxes }: Mixing): Uint8Array {
  const length = size * size * 3;
  if (batch.length !== partners.length * length)
    throw new RangeError(`${batch.length} bytes do not fit ${partners.length} pictures of ${size} x ${size}`);
  const mixed = batch.slice();
  partners.forEach((partner, index) => {
    const to = index * length;
    const from = partner * length;
    if (boxes) {
      const [left, top, right, bottom] = boxes.subarray(index * 4, (index + 1) * 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      for (let y = top; y < bottom; y++) {
        const row = y * size;
        mixed.set(batch.subarray(from + (row + left) * 3, from + (row + right) * 3), to + (row + left) * 3);
      }
    } else {
      const share = Math.round(shares[index]! * 256);
      for (let at = 0; at < length; at++)
        mixed[to + at] = (batch[to + at]! * share + batch[from + at]! * (256 - share) + 128) >> 8;
    }
  });
  return mixed;
}

/** Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen" (1964): quick while alpha is at most about 1. */
function beta(alpha: number, random: Random): number {
  for (;;) {
    const x = random.uniform() ** (1 / alpha);
    const y = random.uniform() ** (1 / alpha);
    if (x + y > 0 && x + y <= 1) return x / (x + y);
  }
}
