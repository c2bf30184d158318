import { setFlagsFromString } from 'node:v8';
import '#core/platform/require-node.ts';

// Files and pixels are given back as soon as they are written, yet V8 counts what is in use of them at the moment as growth of the heap, and would
// mark all of it six times a second while large photos are imported (docs/performance.md).
setFlagsFromString('--heap-growing-percent=100');

await import('./worker-role.ts');
