import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  loadBaseModel,
  openPictureFolder,
  preferences,
  timeLimit,
  trainClassifier,
  type PictureFolder,
} from '#engine/index.ts';
import { printReport, type Figure } from './report.ts';
import { ridgeProbe } from './ridge-probe.ts';

/*
 * What trainings reach on folders of class folders, against a closed-form ridge probe on the same frozen features, computed by other code in
 * the same run.  npm run bench:learning -- ../shared/datasets/trash6 --seeds 5 --per-class 0
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '5' },
    /** Training images a class; 0 = all but the fifth that is evaluated on. */
    'per-class': { type: 'string', default: '0' },
    preference: { type: 'string', multiple: true, default: [...preferences] },
    'base-model': { type: 'string' },
  },
});
const baseModel = await loadBaseModel(
  values['base-model'] ?? fileURLToPath(new URL('../engine/base-models/exemplar-res-s', import.meta.url)),
);

const figures: Figure[] = [];
for (const folder of positionals) {
  const reached = new Map<string, number[]>();
  const note = (name: string, value: number) => reached.set(name, [...(reached.get(name) ?? []), value]);
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const perClass = Number(values['per-class']);
    const pictures = await openPictureFolder(folder, { trainRatio: 0.8, seed, ...(perClass > 0 && { perClass }) });
    note('probe', await ridgeProbe(baseModel, pictures));
    for (const preference of preferences.filter((each) => values.preference.includes(each))) {
      const started = performance.now();
      const { accuracy, stage, epoch, epochs } = await trainOnce(preference, pictures, seed);
      const seconds = (performance.now() - started) / 1000;
      note(preference, accuracy);
      process.stderr.write(
        `${basename(folder)} seed ${seed} ${preference} ${percent(accuracy)} (probe ${percent(reached.get('probe')!.at(-1)!)}) ` +
          `best ${stage} epoch ${epoch}/${epochs}, ${seconds.toFixed(0)} s\n`,
      );
    }
  }
  const images = values['per-class'] === '0' ? 'all images' : `${values['per-class']} images`;
  for (const preference of preferences.filter((each) => reached.has(each))) {
    const accuracies = reached.get(preference)!;
    figures.push({
      name: `${basename(folder)}, ${images} a class, ${preference}: validation accuracy over ${accuracies.length} seeds`,
      value: mean(accuracies),
      deviation: deviation(accuracies),
      unit: 'accuracy',
      reference: 'ridge probe on frozen features',
      referenceValue: mean(reached.get('probe')!),
      target: 1,
    });
  }
}
printReport('learning', figures);

async function trainOnce(preference: (typeof preferences)[number], pictures: PictureFolder, seed: number) {
  const training = trainClassifier({ baseModel, ...pictures, preference, seed, ...timeLimit(60) });
  for (;;) {
    const { done, value } = await training.next();
    if (done)
      return {
        accuracy: value.evaluation.accuracy,
        stage: value.bestStage,
        epoch: value.bestEpoch,
        epochs: value.epochs,
      };
    if (value.type === 'log') process.stderr.write(`  ${value.message}\n`);
  }
}

function mean(all: readonly number[]): number {
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

function deviation(all: readonly number[]): number {
  return Math.sqrt(mean(all.map((value) => (value - mean(all)) ** 2)));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
