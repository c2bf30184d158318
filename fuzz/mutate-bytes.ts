import type { Draw } from './draw.ts';

/** Where lengths and counts go wrong. */
const borders = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Mutation = (bytes: Buffer, draw: Draw, other: Buffer) => Buffer;

const stretch = (bytes: Buffer, draw: Draw): [start: number, end: number] => {
  const start = draw.integer(bytes.length + 1);
  // Mostly short: what takes half a file away is refused by the first look at it.
  const most = draw.chance(0.8) ? 16 : bytes.length;
  return [start, Math.min(bytes.length, start + draw.integer(most + 1))];
};

const mutations: Readonly<Record<string, Mutation>> = {
  flipBit: (bytes, draw) => {
    if (bytes.length > 0) bytes[draw.integer(bytes.length)]! ^= 1 << draw.integer(8);
    return bytes;
  },
  setByte: (bytes, draw) => {
    if (bytes.length > 0) bytes[draw.integer(bytes.length)] = draw.integer(256);
    return bytes;
  },
  setBorder: (bytes, draw) => {
    const size = draw.pick([1, 2, 4]);
    if (bytes.length < size) return bytes;
    const value = draw.pick(borders) % 2 ** (8 * size);
    const at = draw.integer(bytes.length - size + 1);
    if (draw.chance(0.5)) bytes.writeUIntLE(value, at, size);
    else bytes.writeUIntBE(value, at, size);
    return bytes;
  },
  setBorderInHead: (bytes, draw) => {
    if (bytes.length < 64) return bytes;
    bytes.writeUIntBE(draw.pick(borders) % 0x10000, draw.integer(62), 2);
    return bytes;
  },
  cut: (bytes, draw) => bytes.subarray(0, draw.integer(bytes.length + 1)),
  cutHead: (bytes, draw) => bytes.subarray(draw.integer(Math.min(bytes.length, 64) + 1)),
  remove: (bytes, draw) => {
    const [start, end] = stretch(bytes, draw);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  repeat: (bytes, draw) => {
    const [start, end] = stretch(bytes, draw);
    const piece = bytes.subarray(start, end);
    return Buffer.concat([bytes.subarray(0, end), piece, ...draw.some(3, () => piece), bytes.subarray(end)]);
  },
  insert: (bytes, draw) => {
    const at = draw.integer(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), draw.bytes(draw.integer(32)), bytes.subarray(at)]);
  },
  blank: (bytes, draw) => {
    const [start, end] = stretch(bytes, draw);
    return bytes.fill(draw.pick([0, 0xff, 0x20]), start, end);
  },
  splice: (bytes, draw, other) => {
    const at = draw.integer(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(draw.integer(other.length + 1))]);
  },
  /** The head of one file on the body of another. */
  swapHead: (bytes, draw, other) => {
    const length = draw.integer(Math.min(64, bytes.length, other.length) + 1);
    return Buffer.concat([other.subarray(0, length), bytes.subarray(length)]);
  },
  append: (bytes, _draw, other) => Buffer.concat([bytes, other]),
};

/** One to four small changes of a copy of the bytes; `other` is what is mixed in. */
export function mutateBytes(bytes: Buffer, draw: Draw, other: Buffer): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  for (let count = 1 + draw.integer(4); count > 0; count--)
    mutated = draw.pick(Object.values(mutations))(mutated, draw, other);
  return mutated;
}
