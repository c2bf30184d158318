import { setTimeout } from 'node:timers/promises';
import { decisions, hitKinds, type HitKind } from './decisions.ts';
import { Hitter } from './hit.ts';
import type { Installation } from './installation.ts';
import { People, type ChaosProject } from './people.ts';
import type { ChaosOptions } from './run-chaos.ts';
import type { Watcher } from './watcher.ts';
import type { Outage } from './check-load.ts';
import { startRoundRobinProxy, type RoundRobinProxy } from './round-robin-proxy.ts';
import { SteadyLoad } from './steady-load.ts';
import { addImages, startTrainings } from './work.ts';

const imagesOfLabel = 10;
/** Of each label. */
const imagesUnderLoad = 2;
/** How long a decision waits for something to hit, such as a trainer while all trainings are in the queue. */
const searchMilliseconds = 3000;
/** How long trainings and watchers may take after the last hit: two heartbeats that ran out and some trainings in a queue. */
const endMilliseconds = 120_000;

/** What is left when everything has ended, or the time for it is over. */
export interface Aftermath {
  readonly people: People;
  readonly projects: readonly ChaosProject[];
  readonly watchers: readonly Watcher[];
  readonly cancelled: ReadonlySet<string>;
  readonly stopped: ReadonlySet<string>;
  readonly hits: Readonly<Record<HitKind, number>>;
  readonly load: SteadyLoad;
  readonly outages: readonly Outage[];
}

/** Has people train, watch and label while the installation is hit, and waits until every training has ended. */
export async function hitInstallation(installation: Installation, options: ChaosOptions): Promise<Aftermath> {
  const proxy = await startRoundRobinProxy(installation.urls);
  try {
    return await hitBehind(proxy, installation, options);
  } finally {
    await proxy.close();
  }
}

/** A project of its own, whose images are labelled over and over. */
async function openLoad({ urls, token }: Installation, url: string, signal: AbortSignal): Promise<SteadyLoad> {
  const people = new People({ urls, token, seed: 0, signal });
  const project = await people.makeProject('load', imagesUnderLoad);
  return new SteadyLoad({ url, token, project, imageIds: people.images.map(({ id }) => id) });
}

async function hitBehind(
  proxy: RoundRobinProxy,
  installation: Installation,
  options: ChaosOptions,
): Promise<Aftermath> {
  const { minutes, seed, say, signal } = options;
  const milliseconds = minutes * 60_000;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(milliseconds + 2 * endMilliseconds)]);
  const people = new People({ urls: installation.urls, token: installation.token, seed, signal: patience });
  say('everything runs; making two projects');
  const projects = [
    await people.makeProject('chaos-1', imagesOfLabel),
    await people.makeProject('chaos-2', imagesOfLabel),
  ];
  const watchers: Watcher[] = [];
  const load = await openLoad(installation, proxy.url, patience);
  const hitter = new Hitter({ installation, people, watchers, proxy, say });
  const hits = Object.fromEntries(hitKinds.map((kind) => [kind, 0])) as Record<HitKind, number>;
  const hitting = async () => {
    const until = Date.now() + milliseconds;
    for (const decision of decisions(seed)) {
      if (Date.now() + decision.after > until) return;
      await setTimeout(decision.after, undefined, { signal });
      const giveUpAt = Math.min(until, Date.now() + searchMilliseconds);
      let isHit = await hitter.hit(decision);
      while (!isHit && Date.now() < giveUpAt) {
        await setTimeout(50, undefined, { signal });
        isHit = await hitter.hit(decision);
      }
      if (isHit) hits[decision.kind]++;
      else say(`${decision.kind}: nothing to hit`);
    }
  };
  const work = { installation, people, projects, seed, milliseconds, signal, say };
  const loaded = new AbortController();
  const loading = load.run(AbortSignal.any([loaded.signal, signal]));
  try {
    await Promise.all([hitting(), startTrainings(work, watchers), addImages(work)]);
    const watching = watchers.filter((watcher) => !watcher.isComplete).length;
    say(`no more hits; ${watching} of ${watchers.length} watchers wait for the end of their training`);
    await hitter.recovered();
    loaded.abort();
    await loading;
    const over = new AbortController();
    const ended = Promise.all(watchers.map((watcher) => watcher.ended)).then(() => over.abort());
    await Promise.race([
      ended,
      setTimeout(endMilliseconds, undefined, { signal: AbortSignal.any([over.signal, signal]) }).catch(() => {}),
    ]);
    signal.throwIfAborted();
    const late = watchers.filter((watcher) => !watcher.isComplete).length;
    if (late > 0) say(`${late} streams have not ended ${endMilliseconds / 1000} s after the last hit; giving up`);
    const { cancelled, stopped, outages } = hitter;
    return { people, projects, watchers, cancelled, stopped, hits, load, outages };
  } finally {
    loaded.abort();
    await loading;
    for (const watcher of watchers) watcher.giveUp();
    await Promise.all(watchers.map((watcher) => watcher.ended));
  }
}
