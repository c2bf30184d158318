import '#core/platform/require-node.ts';
import { chooseLowering, devices, measureSpeed } from '#engine/index.ts';
import type { SelfTestMessage } from './run-self-test.ts';

/*
 * Started by the worker when it starts: which operators are right and fastest here, and then how fast what there is computes. Only the messages
 * count; a crash says something too.
 */
const { lowering, reason } = await chooseLowering();
process.send!({ type: 'lowering', name: lowering.name, reason } satisfies SelfTestMessage);
for (const device of devices) {
  const gigaflops = await measureSpeed(device);
  if (gigaflops !== undefined) process.send!({ type: 'speed', device, gigaflops } satisfies SelfTestMessage);
}
process.disconnect();
