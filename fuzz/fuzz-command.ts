import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/*
 * The fuzzing of the tests for longer, with other draws:
 *   npm run fuzz -- --seconds 60 --seed 7 [--case 123] [archives | documents | pictures | uploads | predictions | graphql ...]
 * `--seconds` is for each test; `--case` runs one case alone, whose number a failure shows.
 */
const synopsis = 'Usage: npm run fuzz -- [--seconds N] [--seed S] [--case C] [TARGET ...]';

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${synopsis}\n`);
    return 2;
  }
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const targets = options.targets.length > 0 ? options.targets.map((target) => `fuzz/${target}`) : ['fuzz/'];
  const child = spawn(process.execPath, [vitest, 'run', ...targets], {
    stdio: 'inherit',
    env: { ...process.env, ...options.environment },
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** What is asked for, or what is wrong with it. */
function parse(argv: readonly string[]): { targets: string[]; environment: Record<string, string> } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '60' },
        seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
        case: { type: 'string' },
      },
    });
    for (const [name, value] of Object.entries(values))
      if (!/^\d+$/.test(value) || Number(value) >= 2 ** 32) return `--${name} is a whole number, not "${value}".`;
    const { seconds, seed } = values;
    process.stderr.write(`seed ${seed}, ${seconds} seconds for each test\n`);
    return {
      targets: positionals,
      environment: {
        EXEMPLAR_FUZZ_SECONDS: seconds,
        EXEMPLAR_FUZZ_SEED: seed,
        ...(values.case !== undefined && { EXEMPLAR_FUZZ_CASE: values.case }),
      },
    };
  } catch (error) {
    return (error as Error).message;
  }
}
