import { readFileSync } from 'node:fs';
import { openClassifier } from '#engine/inference/index.ts';
import { lowerPriority } from '#server/inference/lower-priority.ts';
import { bareLoop } from './bare-loop.ts';
import type { BareCommand, BareMessage } from './messages.ts';
import { drawnPhotographs } from './photographs.ts';

/*
 * The bare loop as a process of its own, with the priority that the server's processes for inference begin with: the benchmark itself, its clients
 * and the loop do not share one part of the cores.
 *   node bare-process.ts MODEL PICTURES WIDTH HEIGHT
 */
const [modelPath = '', ...drawn] = process.argv.slice(2);
const [count = 0, width = 0, height = 0] = drawn.map(Number);
const tell = (message: BareMessage) => process.send!(message);
const pictures = await drawnPhotographs(count, width, height);
const classifier = await openClassifier(readFileSync(modelPath));
lowerPriority();

process.on('disconnect', () => process.exit(0));
process.on(
  'message',
  ({ seconds }: BareCommand) =>
    void bareLoop(classifier, pictures, seconds).then((perSecond) => tell({ type: 'looped', perSecond })),
);
tell({ type: 'ready' });
