export interface Finding {
  readonly check: string;
  /** `unknown`: it could not be looked at, because of what was found before. */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  readonly message: string;
  /** What to do, where something is to be done. */
  readonly advice?: string;
}
