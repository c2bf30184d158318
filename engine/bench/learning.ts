import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadBaseModel, normalisePicture, preferences, trainClassifier, type PictureSource } from '../index.ts';
import { random } from '../random/random.ts';
import { shuffledIndices } from '../random/shuffle.ts';
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
  values['base-model'] ?? fileURLToPath(new URL('../base-models/exemplar-res-s', import.meta.url)),
);

interface Picture {
  readonly label: number;
  readonly jpeg: Buffer;
  readonly key: string;
}

const results: unknown[] = [];
for (const folder of positionals) {
  const { classes, pictures } = await readFolder(folder);
  const reached = new Map<string, number[]>();
  const note = (name: string, value: number) => reached.set(name, [...(reached.get(name) ?? []), value]);
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const { train, validation } = split(pictures, classes.length, seed, Number(values['per-class']));
    note('probe', await ridgeProbe(baseModel, train, validation, classes.length));
    for (const preference of preferences.filter((each) => values.preference.includes(each))) {
      const started = performance.now();
      const { accuracy, stage, epoch, epochs } = await trainOnce(preference, classes, train, validation, seed);
      const seconds = (performance.now() - started) / 1000;
      note(preference, accuracy);
      note(`${preference} seconds`, seconds);
      process.stderr.write(
        `${basename(folder)} seed ${seed} ${preference} ${percent(accuracy)} (probe ${percent(reached.get('probe')!.at(-1)!)}) ` +
          `best ${stage} epoch ${epoch}/${epochs}, ${seconds.toFixed(0)} s\n`,
      );
    }
  }
  const probe = mean(reached.get('probe')!);
  for (const [name, all] of reached)
    results.push({
      name: `${basename(folder)}, ${values['per-class'] === '0' ? 'all' : values['per-class']} a class: ${name}`,
      value: mean(all),
      deviation: deviation(all),
      unit: name.endsWith('seconds') ? 's' : 'accuracy',
      ...(name === 'probe' || name.endsWith('seconds')
        ? {}
        : {
            reference: 'ridge probe',
            referenceValue: probe,
            ratio: mean(all) / probe,
            target: 1,
            pass: mean(all) >= probe,
          }),
    });
}
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
process.stdout.write(`${JSON.stringify({ bench: 'learning', machine, results }, null, 2)}\n`);

async function trainOnce(
  preference: (typeof preferences)[number],
  classes: readonly string[],
  train: readonly Picture[],
  validation: readonly Picture[],
  seed: number,
) {
  const training = trainClassifier({
    baseModel,
    classes: classes.map((name) => ({ id: name, name })),
    train: sourceOf(train),
    validation: sourceOf(validation),
    preference,
    seed,
    deadline: Date.now() + 3_600_000,
    cancelSignal: new AbortController().signal,
    keepSignal: new AbortController().signal,
  });
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

function sourceOf(pictures: readonly Picture[]): PictureSource {
  return {
    count: pictures.length,
    labels: Int32Array.from(pictures, ({ label }) => label),
    load: async (index) => pictures[index]!.jpeg,
    keyOf: (index) => pictures[index]!.key,
  };
}

async function readFolder(folder: string): Promise<{ classes: string[]; pictures: Picture[] }> {
  const entries = await readdir(folder, { withFileTypes: true });
  const classes = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const pictures: Picture[] = [];
  for (const [label, name] of classes.entries())
    for (const file of (await readdir(join(folder, name))).sort()) {
      const bytes = await readFile(join(folder, name, file));
      const { jpeg } = await normalisePicture(bytes);
      pictures.push({ label, jpeg, key: createHash('sha256').update(bytes).digest('hex') });
    }
  return { classes, pictures };
}

/** A fifth of each class is evaluated on; of the rest as many are trained on as asked for. */
function split(pictures: readonly Picture[], classCount: number, seed: number, perClass: number) {
  const train: Picture[] = [];
  const validation: Picture[] = [];
  for (let label = 0; label < classCount; label++) {
    const own = pictures.filter((picture) => picture.label === label);
    const order = [...shuffledIndices(own.length, random(seed, label))].map((index) => own[index]!);
    const held = Math.max(1, Math.round(own.length / 5));
    validation.push(...order.slice(0, held));
    train.push(...order.slice(held, perClass === 0 ? undefined : held + perClass));
  }
  return { train, validation };
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
