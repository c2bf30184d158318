import { existsSync } from 'node:fs';
import { inspect, parseArgs } from 'node:util';
import { runChaos, type ChaosSummary } from './run-chaos.ts';
import { say } from './say.ts';

/*
 * A real installation under blows, and whether its promises hold:
 *   npm run chaos -- --minutes 5 --seed 1 [--json]
 */
const synopsis = 'Usage: npm run chaos -- [--minutes M] [--seed S] [--json]';
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const stopping = new AbortController();
let exitCodeOfSignal: number | undefined;
for (const [name, code] of Object.entries(exitCodes))
  process.on(name, () => {
    exitCodeOfSignal ??= code;
    stopping.abort(new Error(`stopped by ${name}`));
  });
// A defect of ours: not even that may leave processes behind.
process.on('uncaughtException', (error) => {
  say(inspect(error));
  stopping.abort(error);
});

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${synopsis}\n`);
    return 2;
  }
  try {
    const summary = await runChaos({ ...options, say, signal: stopping.signal });
    for (const { name, pass, detail } of summary.checks) say(`${pass ? 'ok  ' : 'FAIL'} ${name}: ${detail}`);
    if (options.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    else process.stdout.write(inWords(summary));
    return summary.pass ? 0 : 1;
  } catch (error) {
    say(stopping.signal.aborted ? 'given up; nothing was checked' : inspect(error));
    return exitCodeOfSignal ?? 1;
  }
}

/** What is asked for, or what is wrong with it. */
function parse(argv: readonly string[]): { minutes: number; seed: number; json: boolean } | string {
  if (!existsSync('/proc/self/environ')) return 'Chaos finds processes in /proc, which this system does not have.';
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        minutes: { type: 'string', default: '2' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    const minutes = Number(values.minutes);
    const seed = Number(values.seed);
    if (!(minutes > 0 && minutes <= 24 * 60)) return `--minutes is a number up to 1440, not "${values.minutes}".`;
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
      return `--seed is a whole number from 0 to 4294967295, not "${values.seed}".`;
    return { minutes, seed, json: values.json };
  } catch (error) {
    return (error as Error).message;
  }
}

function inWords({ hits, pass, ...figures }: ChaosSummary): string {
  const count = Object.values(hits).reduce((sum, each) => sum + each, 0);
  return (
    `${pass ? 'All promises held' : 'A promise was broken'}: ${count} hits in ${figures.seconds.toFixed(0)} s, ${figures.trainings} trainings in ` +
    `${figures.attempts} attempts, ${figures.events} events, ${figures.watchers} watchers with ${figures.reconnections} reconnections, ${figures.requests} requests of which ${figures.refused} were refused by kills\n`
  );
}
