import { availableParallelism } from 'node:os';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { createSession } from '../onnx/create-session.ts';
import type { Device } from '../onnx/device.ts';
import { Tensor, type InferenceSession } from '../onnx/onnx-runtime.ts';

const products = 4;
/** Sides of the matrices: larger ones until they take too long for the patience, since small ones do not fill a large device. */
const sides = [256, 512, 1024, 2048, 4096];
const patienceSeconds = 0.2;
/** Of each side, after one that makes everything ready; the fastest counts. */
const runs = 2;

/**
 * How fast the device multiplies matrices of 32-bit floats, with all threads of the process where it is the CPU: billions of multiplications and
 * additions a second. Takes a fraction of a second besides what the driver of a GPU needs to start.
 * @throws {DeviceUnavailableError}
 */
export async function measureSpeed(device: Device): Promise<number> {
  const session = await openSession(device);
  try {
    let fastest = 0;
    for (const side of sides) {
      const seconds = await time(session, side);
      fastest = Math.max(fastest, (products * 2 * side ** 3) / seconds / 1e9);
      // Twice the side, eight times the work.
      if (8 * seconds * (runs + 1) > patienceSeconds) break;
    }
    return fastest;
  } finally {
    await session.release();
  }
}

function openSession(device: Device): Promise<InferenceSession> {
  const builder = new GraphBuilder('speed');
  const right = builder.input('right', 'float', ['side', 'side']);
  let product = builder.input('left', 'float', ['side', 'side']);
  for (let count = 0; count < products; count++) product = builder.node('MatMul', [product, right]);
  // One number, so that little has to come back from the device.
  const largest = builder.node('ReduceMax', [product], { keepdims: 0 });
  builder.output(largest, 'float', []);
  return createSession(builder.model(), 'frozen', { threads: availableParallelism(), device });
}

/** Seconds of one run. */
async function time(session: InferenceSession, side: number): Promise<number> {
  // Products stay what they are: no sum overflows, and none becomes so small that it takes longer.
  const matrix = new Tensor('float32', new Float32Array(side * side).fill(1 / side), [side, side]);
  let seconds = Infinity;
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    await session.run({ left: matrix, right: matrix });
    if (run > 0) seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}
