import { random } from '#engine/random/random.ts';

/** What can be hit. Bounds of the product: a third dead trainer ends its training, so nobody's trainer is killed more than twice. */
export const hitKinds = [
  'KILL_TRAINER',
  'KILL_WORKER',
  'KILL_SERVER',
  'KILL_POSTGRES',
  'STOP_WORKER',
  'STOP_SERVER',
  'FREEZE_WORKER',
  'ROLLING_RESTART',
  'CUT_WATCHERS',
  'STOP_TRAINING',
  'CANCEL_TRAINING',
] as const;
export type HitKind = (typeof hitKinds)[number];

export interface Decision {
  /** Milliseconds after the decision before it. */
  readonly after: number;
  readonly kind: HitKind;
  /** Chooses among those that can be hit at that moment: the one at this modulo their number. */
  readonly pick: number;
  /** Milliseconds until what was killed is started again, or what was frozen goes on. */
  readonly absence: number;
}

/** Longer than a heartbeat (10 s) and the look after it (2 s): the queue takes the worker for dead. */
const freeze = { shortest: 13_000, spread: 5_000 };
const absence = { shortest: 200, spread: 3_000 };
const pause = { shortest: 400, spread: 2_600 };

/**
 * What is done to the installation and when: the same for the same seed. Numbers come from sfc32 (`engine/random`). Every round hits
 * each kind once, in an order of its own, so that short runs miss little.
 */
export function* decisions(seed: number): Generator<Decision, never> {
  const draw = random(seed, 1);
  const within = ({ shortest, spread }: { shortest: number; spread: number }) => shortest + draw.integer(spread);
  for (;;) {
    const round = [...hitKinds];
    while (round.length > 0) {
      const [kind] = round.splice(draw.integer(round.length), 1) as [HitKind];
      yield {
        after: within(pause),
        kind,
        pick: draw.integer(1 << 20),
        absence: within(kind === 'FREEZE_WORKER' ? freeze : absence),
      };
    }
  }
}
