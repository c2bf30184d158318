/** One promise, and whether it was kept. */
export interface Check {
  readonly name: string;
  readonly pass: boolean;
  /** How much was looked at; where it failed, what was found, the first few. */
  readonly detail: string;
}

/** Passes when there is something to look at and nothing is wrong with it. */
export function check(name: string, looked: string, lookedAt: number, problems: readonly string[]): Check {
  const pass = lookedAt > 0 && problems.length === 0;
  const found = problems.length > 0 ? `${problems.length} problem(s): ${problems.slice(0, 5).join('; ')}` : undefined;
  return { name, pass, detail: [`${lookedAt} ${looked}`, found].filter(Boolean).join('; ') };
}
