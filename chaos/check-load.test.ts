import { describe, expect, it } from 'vitest';
import { checkRefusals, type Outage } from './check-load.ts';
import { SteadyLoad, type Refusal } from './steady-load.ts';

/** Whether it is no broken promise that this was refused. */
function passes(refusal: Refusal, outages: readonly Outage[]): boolean {
  const load = new SteadyLoad({ url: '', token: '', project: { id: '', labelIds: [] }, imageIds: [] });
  load.requests = 10;
  load.refusals.push(refusal);
  return checkRefusals(load, outages).pass;
}

const server: Outage = { of: 'SERVER', from: 10_000, to: 20_000 };
const database: Outage = { of: 'POSTGRES', from: 10_000, to: 20_000 };
const refused = (from: number, to: number, by: Refusal['by']): Refusal => ({ from, to, by, message: 'refused' });

describe('checkRefusals', () => {
  it.each([
    ['of a server that was killed, by a connection that broke', refused(9000, 10_001, 'CONNECTION'), server, true],
    ['while a server starts again', refused(15_000, 15_001, 'CONNECTION'), server, true],
    ['of the other server, by an error', refused(15_000, 15_001, 'ANSWER'), server, false],
    ['while the database is away, by an error', refused(15_000, 15_001, 'ANSWER'), database, true],
    ['before anything was killed', refused(8000, 9000, 'CONNECTION'), server, false],
    ['long after a server was back', refused(23_000, 23_001, 'CONNECTION'), server, false],
    [
      'while a server that was killed is not back',
      refused(90_000, 90_001, 'CONNECTION'),
      { ...server, to: Infinity },
      true,
    ],
  ])('should judge a request %s', (_, refusal, outage, pass) => {
    expect(passes(refusal, [outage])).toBe(pass);
  });

  it('should take nothing for granted when nothing was killed', () => {
    expect(passes(refused(0, 1, 'CONNECTION'), [])).toBe(false);
  });
});
