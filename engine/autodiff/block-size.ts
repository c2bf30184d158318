import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { blockedDomain } from './feature-map.ts';

const channels = 64;

/**
 * Channels per block of ONNX Runtime's blocked layout on this machine (8 with AVX2, 16 with AVX-512), read off how it reorders known
 * numbers. @returns 0 where there is no such layout.
 */
export async function blockSize(): Promise<number> {
  const builder = new GraphBuilder('block');
  builder.input('numbers', 'float', [1, channels, 1, 2]);
  builder.node(`${blockedDomain}.ReorderInput`, ['numbers'], {}, 'blocked');
  builder.output('blocked', 'float', [1, channels, 1, 2]);
  try {
    const session = await createSession(builder.model(), 'training');
    // Channel c holds 2c and 2c + 1: the second place of channel 0 follows the first place of the block's last channel.
    const numbers = Float32Array.from({ length: channels * 2 }, (_, at) => at);
    const outputs = await session.run({ numbers: new Tensor('float32', numbers, [1, channels, 1, 2]) });
    await session.release();
    const size = (outputs['blocked']!.data as Float32Array).indexOf(1);
    return size > 1 && channels % size === 0 ? size : 0;
  } catch {
    return 0;
  }
}
