/** Chooses how many steps one run of a Loop graph takes, from how long steps took. Never changes what is computed, only where runs end. */
export class RunPace {
  readonly #runMilliseconds: number;
  #stepMilliseconds: number | undefined;

  constructor(runMilliseconds: number) {
    this.#runMilliseconds = runMilliseconds;
  }

  /** 1 before anything was measured. */
  get stepsOfRun(): number {
    return this.#stepMilliseconds === undefined
      ? 1
      : Math.max(1, Math.floor(this.#runMilliseconds / this.#stepMilliseconds));
  }

  async measure<T>(steps: number, run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await run();
    this.#stepMilliseconds = Math.max(0.001, (performance.now() - start) / steps);
    return result;
  }
}
