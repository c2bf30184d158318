import { setTimeout } from 'node:timers/promises';
import { random } from '#engine/random/random.ts';
import type { Installation } from './installation.ts';
import type { ChaosProject, People, Preference } from './people.ts';
import type { Say } from './say.ts';
import { Watcher } from './watcher.ts';

const preferences: readonly Preference[] = ['ACCURACY_FIRST', 'BALANCE', 'ACCURACY_FIRST', 'PERFORMANCE_FIRST'];
const trainingsPerMinute = 4;
/** Over all trainings; each has one over WebSocket and one over server-sent events at least. */
const watcherCount = 20;
const latestWatch = 3000;
const pauseBetweenImages = 700;

export interface WorkOptions {
  readonly installation: Installation;
  readonly people: People;
  readonly projects: readonly ChaosProject[];
  readonly seed: number;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  readonly say: Say;
}

/** Starts trainings over nine tenths of the time, with watchers that come sooner or later; resolves when all watch. */
export async function startTrainings(options: WorkOptions, watchers: Watcher[]): Promise<void> {
  const { installation, people, projects, seed, milliseconds, signal, say } = options;
  const draw = random(seed, 3);
  const count = Math.max(4, Math.round((milliseconds / 60_000) * trainingsPerMinute));
  const perTraining = Math.max(2, Math.ceil(watcherCount / count));
  const watch = async (trainingId: string, index: number, delay: number) => {
    await setTimeout(delay, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const transport = index % 2 === 0 ? 'WebSocket' : 'SSE';
    const { urls, token } = installation;
    watchers.push(new Watcher({ trainingId, transport, urls, token, draw: random(seed, 4, index) }));
  };
  const coming: Promise<void>[] = [];
  for (let number = 0; number < count; number++) {
    const project = projects[draw.integer(projects.length)]!;
    const preference = preferences[number % preferences.length]!;
    const delays = Array.from({ length: perTraining }, () => draw.integer(latestWatch));
    const { id, versionName } = await people.startTraining(project, preference);
    say(`training ${number + 1} of ${count}: ${versionName} ${preference} ${id}`);
    for (const [index, delay] of delays.entries()) coming.push(watch(id, number * perTraining + index, delay));
    await setTimeout(((milliseconds * 0.9) / count) * (0.5 + draw.uniform()), undefined, { signal });
  }
  await Promise.all(coming);
}

/** Uploads and labels pictures, one after the other, as long as the time lasts. */
export async function addImages({ people, projects, milliseconds, signal }: WorkOptions): Promise<void> {
  const until = Date.now() + milliseconds;
  for (let number = 0; Date.now() < until; number++) {
    await people.addImage(projects[number % projects.length]!, number % 3);
    await setTimeout(pauseBetweenImages, undefined, { signal });
  }
}
