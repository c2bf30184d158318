import type { Finding } from './finding.ts';

/** Signed addresses and expiry times are judged by the server's clock. */
const largestClockDifference = 5;
const patience = 10_000;

/** Whether something answers, and what its clock says. */
export async function checkServer(url: string): Promise<[server: Finding, clock: Finding]> {
  const check = 'server';
  const sentAt = Date.now();
  const answer = await fetch(`${url.replace(/\/(graphql\/?)?$/, '')}/health`, {
    signal: AbortSignal.timeout(patience),
  }).catch((error: Error) => error);
  const clock: Finding = { check: 'clock', state: 'unknown', message: 'the server does not tell its time' };
  if (answer instanceof Error) {
    const cause = answer.cause instanceof Error ? ` (${answer.cause.message})` : '';
    const advice =
      'Is the address right, and has the server been started (npm start)? A firewall or a proxy may be in between.';
    return [{ check, state: 'bad', message: `${url} does not answer: ${answer.message}${cause}`, advice }, clock];
  }
  const milliseconds = Date.now() - sentAt;
  await answer.body?.cancel();
  if (!answer.ok) {
    const advice = 'Something else than Exemplar answers there; is the address right?';
    return [{ check, state: 'bad', message: `${url} answered ${answer.status} to /health`, advice }, clock];
  }
  const date = Date.parse(answer.headers.get('date') ?? '');
  const server: Finding = { check, state: 'good', message: `${url} answers within ${milliseconds} ms` };
  return [server, Number.isFinite(date) ? judgeClock(date, sentAt + milliseconds / 2) : clock];
}

/** @param server what its clock said, to the second. @param here the same moment by our clock, ms. */
export function judgeClock(server: number, here: number): Finding {
  // The header is cut to whole seconds.
  const seconds = Math.round((here - server - 500) / 1000);
  if (Math.abs(seconds) <= largestClockDifference)
    return { check: 'clock', state: 'good', message: 'the clocks of server and client agree' };
  const message = `the clock here is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's`;
  return {
    check: 'clock',
    state: 'warning',
    message,
    advice: 'Set both by NTP: signed addresses and expiry times go by the clock.',
  };
}

/** Whether it reaches its database. */
export async function checkReady(url: string): Promise<Finding> {
  const check = 'database';
  const answer = await fetch(`${url.replace(/\/(graphql\/?)?$/, '')}/ready`, { signal: AbortSignal.timeout(patience) });
  await answer.body?.cancel();
  if (answer.ok) return { check, state: 'good', message: 'the server reaches its database' };
  return {
    check,
    state: 'bad',
    message: `the server is not ready (${answer.status})`,
    advice: 'Its database does not answer; look at DATABASE_URL and at the log of the server.',
  };
}
