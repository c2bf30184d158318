import type { Viewer } from '#core/access/viewer.ts';
import type { ActionContext } from '#core/access/viewer.ts';
import { readConfig } from '#core/platform/config.ts';
import { connectListener } from '#core/platform/database.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { watchTraining } from '#core/trainings/watch-training.ts';
import { openStreams } from '#server/open-streams.ts';
import { bareChannels, nowMilliseconds, type FromReceiver, type ToReceiver } from './messages.ts';

/*
 * What a server does for its watchers, in a process of its own: one LISTEN, one stream for each training. Counts what comes; of log
 * lines, whose text is the moment of sending, it keeps the latency. Beside it a bare LISTEN, for the reference.
 */
const nobody = '00000000-0000-0000-0000-000000000000';
const platform = await openPlatform(readConfig(), { role: 'server', supervise: false });
const opened = await openStreams(platform);
const bare = connectListener(platform.databaseUrl);
const viewer: Viewer = {
  userId: nobody,
  name: 'bench',
  isAdministrator: true,
  scope: 'ADMIN',
  tokenId: null,
  tokenExpiresAt: null,
};
const context: ActionContext = { platform, viewer };
const options = { tails: opened.trainings, guards: undefined };
const stopping = new AbortController();
const say = (message: FromReceiver) => process.send!(message);
const streams: Promise<void>[] = [];
const latencies: number[] = [];
const bareLatencies = { bench_notified: [] as number[], bench_inserted: [] as number[] };
/** More than were awaited; below 0 while some are still to come. */
let received = 0;
let isAwaited = false;

function tellWhenAllCame(): void {
  if (!isAwaited || received < 0) return;
  isAwaited = false;
  say({ type: 'received', at: nowMilliseconds() });
}

async function stream(trainingId: string): Promise<void> {
  for await (const event of watchTraining(context, options, trainingId, 0, stopping.signal)) {
    received++;
    if (!('fact' in event)) continue;
    const { fact } = event;
    if (fact.type === 'LOG_LINE') latencies.push(nowMilliseconds() - Number(fact.message));
    tellWhenAllCame();
  }
}

for (const channel of bareChannels)
  await bare.listen(channel, (sentAt) => void bareLatencies[channel].push(nowMilliseconds() - Number(sentAt)));
process.on('message', (message: ToReceiver) => {
  if (message.type === 'watch') {
    streams.push(...message.trainingIds.map(stream));
    say({ type: 'ready' });
  } else if (message.type === 'await') {
    received -= message.count;
    isAwaited = true;
    tellWhenAllCame();
  } else if (message.type === 'latencies') {
    say({ type: 'latencies', streamed: latencies, ...bareLatencies });
  }
});
// The benchmark is over, or gone.
process.on('disconnect', async () => {
  stopping.abort();
  await Promise.all(streams);
  await bare.end();
  await opened.close();
  await platform.close();
});
say({ type: 'ready' });
