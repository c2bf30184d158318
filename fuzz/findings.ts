/** Where a case went wrong, with what is needed to look into it; past the first few they are only counted. */
export class Findings {
  readonly shown: string[] = [];
  count = 0;

  add(index: number, what: string, ...details: unknown[]): void {
    this.count++;
    if (this.shown.length >= 10) return;
    const text = details.map((detail) => (typeof detail === 'string' ? detail : JSON.stringify(detail))).join('\n');
    this.shown.push(`case ${index}: ${what}\n${text.slice(0, 1500)}`);
  }
}

const deadlineMilliseconds = 30_000;

/** What never ends is a finding as well: it rejects after half a minute, which nothing here needs under any load. */
export async function ending<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('did not end within half a minute')), deadlineMilliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
