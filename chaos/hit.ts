import { setTimeout } from 'node:timers/promises';
import type { Outage } from './check-load.ts';
import type { Decision } from './decisions.ts';
import type { Installation } from './installation.ts';
import type { People } from './people.ts';
import { kill } from './processes.ts';
import type { RoundRobinProxy } from './round-robin-proxy.ts';
import type { Say } from './say.ts';
import type { Supervised } from './supervised.ts';
import type { Watcher } from './watcher.ts';

/** A training whose third trainer dies has failed: that is how a lack of memory shows. */
const trainersToKill = 2;

/** For the others to come back during a rolling restart. */
const patienceMilliseconds = 15_000;

/** Carries out decisions, and knows of what was asked for. */
export class Hitter {
  /** Trainings whose cancellation was asked for, whether it came too late or not. */
  readonly cancelled = new Set<string>();
  readonly stopped = new Set<string>();
  readonly outages: Outage[] = [];
  readonly #installation: Installation;
  readonly #people: People;
  readonly #watchers: readonly Watcher[];
  readonly #proxy: RoundRobinProxy;
  readonly #say: Say;
  readonly #killedTrainers = new Map<string, number>();
  #isRolling = false;
  /** What was killed and is not back, what is frozen. */
  readonly #recoveries = new Set<Promise<void>>();

  constructor(options: {
    installation: Installation;
    people: People;
    watchers: readonly Watcher[];
    proxy: RoundRobinProxy;
    say: Say;
  }) {
    this.#installation = options.installation;
    this.#people = options.people;
    this.#watchers = options.watchers;
    this.#proxy = options.proxy;
    this.#say = options.say;
  }

  /** Whether there was something of the kind to hit. */
  async hit(decision: Decision): Promise<boolean> {
    const { servers, workers, postgres } = this.#installation;
    switch (decision.kind) {
      case 'KILL_TRAINER':
        return this.#killTrainer(decision);
      case 'KILL_WORKER':
        return this.#restart('SIGKILL', workers, decision);
      case 'STOP_WORKER':
        return this.#restart('SIGTERM', workers, decision);
      case 'KILL_SERVER':
        return this.#restart('SIGKILL', servers, decision, 'SERVER');
      case 'STOP_SERVER':
        // Whoever stops one of two servers sees to it that the other is there.
        return this.#allServe() && this.#restart('SIGTERM', servers, decision);
      case 'KILL_POSTGRES':
        return this.#restart('SIGKILL', [postgres], decision, 'POSTGRES');
      case 'FREEZE_WORKER':
        return this.#freeze(decision);
      case 'ROLLING_RESTART':
        return this.#roll();
      case 'CUT_WATCHERS':
        return this.#cutWatchers(decision);
      case 'STOP_TRAINING':
      case 'CANCEL_TRAINING':
        return this.#endTraining(decision);
    }
  }

  /** Resolves when everything that was hit is back. */
  async recovered(): Promise<void> {
    await Promise.all(this.#recoveries);
  }

  async #killTrainer({ pick }: Decision): Promise<boolean> {
    const killed = (id: string) => this.#killedTrainers.get(id) ?? 0;
    const trainers = (await this.#installation.trainers()).filter((each) => killed(each.trainingId) < trainersToKill);
    const trainer = trainers[pick % trainers.length];
    if (!trainer || !kill(trainer.pid, 'SIGKILL')) return false;
    this.#killedTrainers.set(trainer.trainingId, killed(trainer.trainingId) + 1);
    this.#say(`kill -9 of the trainer of ${trainer.trainingId} (process ${trainer.pid})`);
    return true;
  }

  #restart(
    signal: NodeJS.Signals,
    parts: readonly Supervised[],
    { pick, absence }: Decision,
    outageOf?: Outage['of'],
  ): boolean {
    const up = parts.filter((part) => part.isUp);
    const part = up[pick % up.length];
    if (!part) return false;
    this.#say(`${signal} to ${part.name}, away for ${absence} ms`);
    const restarting = part.restart(signal, absence);
    this.#recover(outageOf ? this.#outage(outageOf, restarting) : restarting);
    return true;
  }

  async #outage(of: Outage['of'], restarting: Promise<void>): Promise<void> {
    const outage = { of, from: Date.now(), to: Infinity };
    this.outages.push(outage);
    await restarting;
    outage.to = Date.now();
  }

  /** Whether the proxy gives requests to all servers. */
  #allServe(): boolean {
    return this.#installation.servers.every((server) => server.isUp) && this.#proxy.isReady.every(Boolean);
  }

  /** Every server and every worker, one after the other, each told to stop when all servers serve; not a second time meanwhile. */
  #roll(): boolean {
    if (this.#isRolling) return false;
    this.#isRolling = true;
    this.#say('rolling restart of all servers and workers');
    const rolling = async () => {
      const { servers, workers } = this.#installation;
      for (const part of [...servers, ...workers]) {
        // Others are killed meanwhile.
        for (const until = Date.now() + patienceMilliseconds; !(part.isUp && this.#allServe()) && Date.now() < until;)
          await setTimeout(20);
        if (part.isUp && this.#allServe()) await part.restart('SIGTERM', 0);
      }
      this.#isRolling = false;
    };
    this.#recover(rolling());
    return true;
  }

  /** One that trains: only then there is somebody who would write too late. */
  async #freeze({ pick, absence }: Decision): Promise<boolean> {
    const up = (await this.#installation.trainers()).map(({ worker }) => worker).filter((worker) => worker.isUp);
    const worker = up[pick % up.length];
    if (!worker) return false;
    this.#say(`SIGSTOP to ${worker.name} for ${absence} ms`);
    this.#recover(worker.freeze(absence));
    return true;
  }

  #cutWatchers({ pick }: Decision): boolean {
    const watching = this.#watchers.filter((watcher) => !watcher.isComplete);
    if (watching.length === 0) return false;
    const cut = watching.filter((_, index) => (index + pick) % 3 !== 0);
    for (const watcher of cut) watcher.cut();
    this.#say(`cut the connections of ${cut.length} of ${watching.length} watchers`);
    return cut.length > 0;
  }

  #endTraining({ kind, pick }: Decision): boolean {
    const watched = this.#watchers.filter((watcher) => !watcher.isComplete && watcher.events.length > 0);
    const ids = [...new Set(watched.map((watcher) => watcher.trainingId))];
    const id = ids[pick % ids.length];
    if (id === undefined) return false;
    const action = kind === 'STOP_TRAINING' ? 'stopTraining' : 'cancelTraining';
    (action === 'cancelTraining' ? this.cancelled : this.stopped).add(id);
    this.#say(`${action} ${id}`);
    void this.#people.endTraining(action, id);
    return true;
  }

  #recover(recovery: Promise<void>): void {
    const done = recovery.finally(() => this.#recoveries.delete(done));
    this.#recoveries.add(done);
  }
}
