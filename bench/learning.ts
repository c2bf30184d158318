import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  loadBaseModel,
  shippedBaseModels,
  shippedDirectory,
  openPictureFolder,
  preferences,
  timeLimit,
  trainClassifier,
  type BaseModel,
  type PictureFolder,
  type Preference,
} from '#engine/index.ts';
import { deviation, mean } from './probe-sets.ts';
import { printReport, type Figure } from './report.ts';
import { ridgeProbe } from './ridge-probe.ts';

/*
 * What trainings reach on folders of class folders, against a closed-form ridge probe on the same frozen features, computed by other code in
 * the same run, and each preference against the one before it.
 *
 *     npm run bench:learning -- ../shared/datasets/trash6 --seeds 5 --per-class 5 --per-class 20 --per-class 0
 *
 * With --runs FILE every training is noted as it ends, and what the file holds already is not run again: the benchmark takes hours.
 * With --processor-time the clock that trainings plan and end by tells the processor time of this process: on one core, whatever else runs on
 * the machine, a training then does what it would do on a core of its own.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '5' },
    /** Training images a class; 0 = all but the fifth that is evaluated on. */
    'per-class': { type: 'string', multiple: true, default: ['0'] },
    preference: { type: 'string', multiple: true, default: [...preferences] },
    'base-model': { type: 'string' },
    runs: { type: 'string' },
    'processor-time': { type: 'boolean', default: false },
  },
});
if (values['processor-time']) tellProcessorTime();
const loaded = new Map<string, BaseModel>();
/** The named one, or that of the preference; the probe's is that of `BALANCE`. */
async function baseModelOf(preference: Preference): Promise<BaseModel> {
  const directory = values['base-model'] ?? shippedDirectory(shippedBaseModels[preference]);
  const known = loaded.get(directory) ?? (await loadBaseModel(directory));
  loaded.set(directory, known);
  return known;
}

interface Run {
  readonly set: string;
  readonly perClass: number;
  readonly seed: number;
  /** Or `probe`. */
  readonly by: string;
  readonly accuracy: number;
  readonly macroF1?: number;
  readonly stage?: string;
  readonly seconds?: number;
}
const runs = readRuns(values.runs);
const wanted = preferences.filter((each) => values.preference.includes(each));
const cases = positionals.flatMap((folder) => values['per-class'].map((each) => ({ folder, perClass: Number(each) })));
// Seed by seed, so that an interrupted benchmark has something of everything.
for (let seed = 0; seed < Number(values.seeds); seed++)
  for (const { folder, perClass } of cases) {
    const set = basename(folder);
    const missing = ['probe', ...wanted].filter((by) => !find({ set, perClass, seed, by }));
    if (missing.length === 0) continue;
    const pictures = await openPictureFolder(folder, { trainRatio: 0.8, seed, ...(perClass > 0 && { perClass }) });
    if (missing.includes('probe'))
      note({ set, perClass, seed, by: 'probe', accuracy: await ridgeProbe(await baseModelOf('BALANCE'), pictures) });
    for (const by of wanted.filter((each) => missing.includes(each)))
      note({ set, perClass, seed, by, ...(await trainOnce(by, pictures, seed)) });
  }

const figures: Figure[] = [];
for (const { folder, perClass } of cases) {
  const set = basename(folder);
  const of = (by: string) =>
    Array.from({ length: Number(values.seeds) }, (_, seed) => find({ set, perClass, seed, by })!.accuracy);
  const name = `${set}, ${perClass === 0 ? 'all' : perClass} images a class`;
  const probe = of('probe');
  for (const [at, preference] of wanted.entries()) {
    const reached = of(preference);
    const shared = { value: mean(reached), unit: 'accuracy', target: 1 };
    figures.push({
      ...shared,
      name: `${name}, ${preference}: validation accuracy over ${reached.length} seeds`,
      deviation: deviation(reached),
      reference: 'ridge probe on frozen features',
      referenceValue: mean(probe),
    });
    const before = wanted[at - 1];
    if (!before) continue;
    const differences = of(before).map((value, seed) => reached[seed]! - value);
    const standardError = deviation(differences) / Math.sqrt(Math.max(1, differences.length - 1));
    figures.push({
      ...shared,
      name: `${name}, ${preference} after ${before}`,
      deviation: deviation(differences),
      reference: `${before}, less the standard error of the paired difference`,
      referenceValue: mean(of(before)) - standardError,
    });
  }
}
printReport('learning', figures);

function tellProcessorTime(): void {
  const start = Date.now();
  const milliseconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  performance.now = milliseconds;
  Date.now = () => start + milliseconds();
}

function readRuns(path: string | undefined): Run[] {
  if (path === undefined || !existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Run);
}

function find(run: Omit<Run, 'accuracy'>): Run | undefined {
  return runs.find(
    ({ set, perClass, seed, by }) => set === run.set && perClass === run.perClass && seed === run.seed && by === run.by,
  );
}

function note(run: Run): void {
  runs.push(run);
  if (values.runs !== undefined) appendFileSync(values.runs, `${JSON.stringify(run)}\n`);
  process.stderr.write(`${JSON.stringify(run)}\n`);
}

async function trainOnce(preference: (typeof preferences)[number], pictures: PictureFolder, seed: number) {
  const started = performance.now();
  const training = trainClassifier({
    baseModel: await baseModelOf(preference),
    ...pictures,
    preference,
    seed,
    ...timeLimit(60),
  });
  for (;;) {
    const { done, value } = await training.next();
    if (done)
      return {
        accuracy: value.evaluation.accuracy,
        macroF1: value.evaluation.macro.f1,
        stage: `${value.bestStage} epoch ${value.bestEpoch} of ${value.epochs}`,
        seconds: Math.round((performance.now() - started) / 1000),
      };
    if (value.type === 'log') process.stderr.write(`  ${value.message}\n`);
  }
}
