export interface Beating {
  /** Called every 12 seconds. */
  beat(): void;
}

/** Seconds between two beats of one member; the promise of docs/events.md. */
const period = 12;

/** Beats for thousands of connections by one timer: every second for a twelfth of them, by the second in which they came. */
export class Heartbeat {
  readonly #turns = Array.from({ length: period }, () => new Set<Beating>());
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Members there are. */
  get size(): number {
    return this.#turns.reduce((sum, turn) => sum + turn.size, 0);
  }

  add(member: Beating): void {
    this.#turns[this.#turn]!.add(member);
    this.#timer ??= setInterval(() => this.#beat(), 1000).unref();
  }

  delete(member: Beating): void {
    for (const turn of this.#turns) turn.delete(member);
    if (this.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % period;
    for (const member of this.#turns[this.#turn]!) member.beat();
  }
}
