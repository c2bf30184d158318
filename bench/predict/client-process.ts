import { askAtAPace, sendCalls } from './clients.ts';
import type { ClientCommand, ClientMessage } from './messages.ts';
import { drawnPhotographs } from './photographs.ts';

/*
 * A client as a process of its own: what the one waits for is not what keeps the event loop of the other.
 *   node client-process.ts PICTURES WIDTH HEIGHT
 */
const [count = 0, width = 0, height = 0] = process.argv.slice(2).map(Number);
const tell = (message: ClientMessage) => process.send!(message);
const pictures = await drawnPhotographs(count, width, height);

async function obey(command: ClientCommand): Promise<void> {
  if (command.type === 'ask') tell({ type: 'asked', took: await askAtAPace(command) });
  else tell({ type: 'called', ...(await sendCalls({ ...command, pictures })) });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (command: ClientCommand) => void obey(command));
tell({ type: 'ready' });
