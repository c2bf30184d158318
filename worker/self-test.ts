import '#core/platform/require-node.ts';
import { chooseLowering } from '#engine/index.ts';

/* Started by the worker when it starts: which operators are right and fastest here. Only the message counts; a crash says something too. */
const { lowering, reason } = await chooseLowering();
process.send!({ name: lowering.name, reason });
process.disconnect();
