/** Numbers that depend on the seeds alone: the same on every machine and in every version of Node. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in 0..bound-1; bound up to 2^32. */
  integer(bound: number): number;
}

/**
 * A stream of its own for each combination of seeds (unsigned 32-bit), so that what one picture draws does not depend on the
 * order in which pictures are processed. Seeds are mixed by the finaliser of MurmurHash3, numbers come from sfc32 (PractRand).
 */
export function random(...seeds: readonly number[]): Random {
  let hash = 0x9e3779b9;
  for (const seed of seeds) hash = mix(hash ^ mix((seed >>> 0) + 0x7f4a7c15));
  let a = mix(hash + 1);
  let b = mix(hash + 2);
  let c = mix(hash + 3);
  let counter = 1;
  const next = () => {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let round = 0; round < 12; round++) next();
  const uniform = () => next() / 2 ** 32;
  return { uniform, integer: (bound) => Math.floor(uniform() * bound) };
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
