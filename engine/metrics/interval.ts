/** Where a figure lies with 95 % confidence. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
