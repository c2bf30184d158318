import '#core/platform/require-node.ts';
import { readdirSync } from 'node:fs';

/* `npm run bench:NAME`: runs bench/NAME.ts with the arguments that follow. */
const helpers = new Set([
  'run',
  'report',
  'networks',
  'ridge-probe',
  'embedders',
  'probe-sets',
  'draw-photo',
  'processor-time',
]);
const names = readdirSync(import.meta.dirname).flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? []);
const [name] = process.argv.splice(2, 1);
if (!name || helpers.has(name) || !names.includes(name)) {
  process.stderr.write(
    `There is no benchmark ${name}; there are ${names.filter((each) => !helpers.has(each)).join(', ')}.\n`,
  );
  process.exit(2);
}
await import(`./${name}.ts`);
