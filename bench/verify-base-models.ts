import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { probe } from '#engine/base-models/adopt/probe.ts';
import { describeBaseModel, loadBaseModel } from '#engine/index.ts';
import { baseModelEmbedder } from './embedders.ts';
import { mean, probeSet } from './probe-sets.ts';

/*
 * `npm run base-model:verify [-- DATASETS]`: whether the base models that ship are the files of their cards, answer soundly, and still reach
 * what their `figures.json` says on sets of class folders (by default ../shared/datasets, where that is there). Exit code 1 where not.
 */
const root = fileURLToPath(new URL('../engine/base-models', import.meta.url));
const datasets = process.argv[2] ?? fileURLToPath(new URL('../../shared/datasets', import.meta.url));
/** Of accuracy: other processors round differently. */
const tolerance = 0.01;

const figuresSchema = z.object({
  imagesPerClass: z.int(),
  seeds: z.int(),
  /** Mean accuracy of a linear probe by set. */
  accuracy: z.record(z.string(), z.number()),
});

let faults = 0;
const say = (isRight: boolean, line: string) => {
  if (!isRight) faults += 1;
  process.stdout.write(`${isRight ? 'ok   ' : 'FAULT'} ${line}\n`);
};

for (const name of readdirSync(root).filter((each) => existsSync(join(root, each, 'base-model.json')))) {
  const baseModel = await loadBaseModel(join(root, name));
  const { card, model } = baseModel;
  say(true, `${name}: SHA-256 ${card.sha256}, ${card.bytes} bytes`);
  const parameters = model.graph.initializer
    .filter(({ dataType }) => dataType === 1)
    .reduce((sum, { dims }) => sum + dims.reduce((product, size) => product * size, 1), 0);
  say(parameters === card.parameters, `${name}: ${parameters} parameters, the card says ${card.parameters}`);
  const { secondsPerPicture, remarks } = await probe(baseModel);
  say(
    remarks.length === 0,
    `${name}: sound on test pictures, ${(secondsPerPicture * 1000).toFixed(1)} ms each ${remarks.join(' ')}`,
  );
  const { trainable } = await describeBaseModel(baseModel);
  say(trainable === 'WHOLE', `${name}: trainable ${trainable}`);
  const { imagesPerClass, seeds, accuracy } = figuresSchema.parse(
    JSON.parse(await readFile(join(root, name, 'figures.json'), 'utf8')),
  );
  const embedder = await baseModelEmbedder(name, baseModel);
  for (const [set, stated] of Object.entries(accuracy)) {
    const folder = join(datasets, set);
    if (!existsSync(folder)) {
      process.stdout.write(`-     ${name}: ${folder} is not there, nothing to evaluate on\n`);
      continue;
    }
    const reached = mean(await probeSet(embedder, folder, { perClass: imagesPerClass, seeds, known: new Map() }));
    const line = `${name}: ${set}, ${imagesPerClass} images a class, ${(100 * reached).toFixed(1)} %, stated ${(100 * stated).toFixed(1)} %`;
    say(Math.abs(reached - stated) <= tolerance, line);
  }
  await embedder.close();
}
process.exitCode = faults === 0 ? 0 : 1;
