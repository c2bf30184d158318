import { readFileSync } from 'node:fs';
import { openClassifier } from '#engine/inference/index.ts';
import { lowerPriority } from '#server/inference/lower-priority.ts';
import { SessionPriority } from '#server/inference/session-priority.ts';
import { bareLoop } from './bare-loop.ts';
import type { BareCommand, BareMessage } from './messages.ts';
import { drawnPhotographs } from './photographs.ts';

/*
 * The bare loop as a process of its own, at the priority that the server's processes have: what else runs on the machine takes alike from both.
 *   node bare-process.ts MODEL PICTURES WIDTH HEIGHT
 */
const [modelPath = '', ...drawn] = process.argv.slice(2);
const [count = 0, width = 0, height = 0] = drawn.map(Number);
const tell = (message: BareMessage) => process.send!(message);
const pictures = await drawnPhotographs(count, width, height);
const classifier = await openClassifier(readFileSync(modelPath));
lowerPriority();
const priority = new SessionPriority(process.pid);
let isLooping = false;
setInterval(() => priority.look(isLooping), 500);

async function loop({ seconds }: BareCommand): Promise<void> {
  isLooping = true;
  const perSecond = await bareLoop(classifier, pictures, seconds);
  isLooping = false;
  tell({ type: 'looped', perSecond });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (command: BareCommand) => void loop(command));
tell({ type: 'ready' });
