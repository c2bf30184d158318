import { parseArgs } from 'node:util';
import {
  loadBaseModel,
  openPictureFolder,
  preferences,
  shippedBaseModels,
  shippedDirectory,
  trainClassifier,
} from '#engine/index.ts';
import { random } from '#engine/random/random.ts';
import { printReport } from './report.ts';

/*
 * By how much trainings pass their time limit: random limits, all preferences in turn, on a folder of class folders.
 *   npm run bench:time-limit -- ../shared/datasets/trash6 --limits 20
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limits: { type: 'string', default: '20' },
    'shortest-seconds': { type: 'string', default: '5' },
    'longest-seconds': { type: 'string', default: '30' },
  },
});
const folder = positionals[0];
if (!folder) throw new Error('Name a folder of class folders.');
const pictures = await openPictureFolder(folder, { trainRatio: 0.8, seed: 0 });
const never = new AbortController().signal;
const draw = random(1);
const shortest = Number(values['shortest-seconds']);
const longest = Number(values['longest-seconds']);
const excess: number[] = [];
for (let index = 0; index < Number(values.limits); index++) {
  const seconds = shortest + (longest - shortest) * draw.uniform();
  const preference = preferences[index % preferences.length]!;
  const deadline = Date.now() + seconds * 1000;
  const signals = { deadline, cancelSignal: never, keepSignal: never };
  const training = trainClassifier({
    baseModel: await loadBaseModel(shippedDirectory(shippedBaseModels[preference])),
    ...pictures,
    preference,
    seed: index,
    ...signals,
  });
  let step = await training.next();
  while (!step.done) step = await training.next();
  const over = (Date.now() - deadline) / 1000;
  excess.push(over);
  const { stopReason, epochs, evaluation } = step.value;
  process.stderr.write(
    `${preference} limit ${seconds.toFixed(1)} s: ${over > 0 ? 'over' : 'under'} by ${Math.abs(over).toFixed(2)} s, ${stopReason}, ` +
      `${epochs} epochs, accuracy ${evaluation.accuracy.toFixed(3)}\n`,
  );
}
printReport('time-limit', [
  {
    name: `largest excess of ${excess.length} random limits of ${shortest} to ${longest} s`,
    value: Math.max(...excess),
    unit: 's',
    reference: 'promise',
    referenceValue: 2,
    target: 1,
    lowerIsBetter: true,
  },
]);
