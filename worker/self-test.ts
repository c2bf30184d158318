import '#core/platform/require-node.ts';
import { chooseLowering, devices, measureSpeed, tryDevice } from '#engine/index.ts';
import type { SelfTestMessage } from './run-self-test.ts';

/*
 * Started by the worker when it starts, with the names of devices in their order: which operators are right and fastest on the CPU, whether a GPU trains as the
 * CPU does, and how fast what there is computes. Only the messages count; a crash says something too.
 */
const send = (message: SelfTestMessage) => process.send!(message);
for (const name of process.argv.slice(2)) {
  const device = devices.find((each) => each === name)!;
  send({ type: 'begins', device });
  if (device === 'CPU') {
    const { lowering, reason } = await chooseLowering();
    send({ type: 'lowering', name: lowering.name, reason });
  } else {
    const { fault, message } = await tryDevice(device);
    if (fault) send({ type: 'unusable', device, fault, message });
    if (fault === 'UNAVAILABLE') continue;
  }
  send({ type: 'speed', device, gigaflops: await measureSpeed(device) });
}
process.disconnect();
