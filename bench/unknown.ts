import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import {
  loadBaseModel,
  openClassifier,
  openPictureFolder,
  preferences,
  shippedBaseModels,
  shippedDirectory,
  timeLimit,
  trainClassifier,
  type PictureFolder,
  type PictureSource,
} from '#engine/index.ts';
import { noisePictures } from '#test/noise-pictures.ts';
import { mean } from './probe-sets.ts';
import { printReport, type Figure } from './report.ts';

/*
 * How well models tell pictures unlike all they were trained on: trained on one set (60 % of it; of the rest every other picture chooses the
 * threshold), asked about the known pictures that are left, pictures of the other sets, drawn noise, and pictures of a class that was left out of
 * training. Beside it what the largest probability alone would tell.
 *
 *     npm run bench:unknown -- ../shared/datasets/trash6 ../shared/datasets/ants_bees --seeds 2
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    preference: { type: 'string', multiple: true, default: ['PERFORMANCE_FIRST'] },
    /** Classes of each set that are left out in turn. */
    'held-out': { type: 'string', default: '2' },
    /** Minutes of a training. */
    minutes: { type: 'string', default: '5' },
  },
});
const unknownPictures = 96;

/** Per picture: how unlike training pictures it is, and how little sure the model is of its answer. */
interface Scores {
  readonly unfamiliarity: number[];
  readonly doubt: number[];
}
interface Task {
  readonly folder: PictureFolder;
  readonly unknown: Readonly<Record<string, readonly (() => Promise<Buffer>)[]>>;
}
interface Outcome {
  readonly auroc: number;
  readonly aurocOfDoubt: number;
  readonly found: number;
  readonly mistaken: number;
}

const noise = (await noisePictures(48)).map((jpeg) => async () => jpeg);
const figures: Figure[] = [];
for (const preference of preferences.filter((each) => values.preference.includes(each))) {
  const baseModel = await loadBaseModel(shippedDirectory(shippedBaseModels[preference]));
  const outcomes = new Map<string, Outcome[]>();
  for (let seed = 0; seed < Number(values.seeds); seed++)
    for (const path of positionals)
      for (const task of await tasksOf(path, seed)) {
        const { folder } = task;
        const validation = everyOther(folder.validation, 0);
        const training = trainClassifier({
          baseModel,
          ...folder,
          validation,
          preference,
          seed,
          ...timeLimit(Number(values.minutes)),
        });
        let step = await training.next();
        while (!step.done) step = await training.next();
        const classifier = await openClassifier(step.value.model);
        const limit = classifier.unfamiliarityThreshold!;
        const scoresOf = async (pictures: readonly (() => Promise<Buffer>)[]): Promise<Scores> => {
          const scores: Scores = { unfamiliarity: [], doubt: [] };
          for (const load of pictures) {
            const { probabilities, unfamiliarity } = await classifier.classifyPicture(await load());
            scores.unfamiliarity.push(unfamiliarity!);
            scores.doubt.push(-Math.max(...probabilities));
          }
          return scores;
        };
        const shareAbove = (all: number[]) => mean(all.map((value) => (value > limit ? 1 : 0)));
        const known = await scoresOf(loadersOf(everyOther(folder.validation, 1)));
        for (const [name, pictures] of Object.entries(task.unknown)) {
          const unknown = await scoresOf(pictures);
          const outcome = {
            auroc: areaUnderCurve(known.unfamiliarity, unknown.unfamiliarity),
            aurocOfDoubt: areaUnderCurve(known.doubt, unknown.doubt),
            found: shareAbove(unknown.unfamiliarity),
            mistaken: shareAbove(known.unfamiliarity),
          };
          const pair = `${basename(path)}, unknown ${name}`;
          outcomes.set(pair, [...(outcomes.get(pair) ?? []), outcome]);
          process.stderr.write(`${preference} seed ${seed} ${pair} ${JSON.stringify(outcome)}\n`);
        }
        await classifier.close();
      }
  for (const [pair, all] of outcomes) {
    const of = (key: keyof Outcome) => mean(all.map((outcome) => outcome[key]));
    const name = `${preference}, ${pair}`;
    figures.push(
      {
        name: `${name}: AUROC of unfamiliarity over ${all.length} trainings`,
        value: of('auroc'),
        unit: 'AUROC',
        reference: 'AUROC of the largest probability',
        referenceValue: of('aurocOfDoubt'),
        target: 1,
      },
      {
        name: `${name}: unknown pictures that are UNKNOWN`,
        value: of('found'),
        unit: 'share',
        reference: 'known pictures that are UNKNOWN by mistake',
        referenceValue: of('mistaken'),
        target: null,
      },
    );
  }
}
printReport('unknown', figures);

/** The whole set against the others and noise, and the set without one class against that. */
async function tasksOf(path: string, seed: number): Promise<Task[]> {
  const whole = await openPictureFolder(path, { trainRatio: 0.6, seed });
  const others: Record<string, readonly (() => Promise<Buffer>)[]> = { noise };
  for (const other of positionals.filter((each) => each !== path)) {
    const { validation } = await openPictureFolder(other, { trainRatio: 0.6, seed });
    const every = Math.max(1, Math.floor(validation.count / unknownPictures));
    others[basename(other)] = loadersOf(validation).filter((_, at) => at % every === 0);
  }
  const tasks = [{ folder: whole, unknown: others }];
  if (whole.classes.length < 3) return tasks;
  for (let held = 0; held < Math.min(Number(values['held-out']), whole.classes.length); held++) {
    const known = (label: number) => label !== held;
    const left = (source: PictureSource) => renumbered(pick(source, known), (label) => label - (label > held ? 1 : 0));
    const isHeld = (label: number) => label === held;
    tasks.push({
      folder: {
        classes: whole.classes.filter((_, label) => known(label)),
        train: left(whole.train),
        validation: left(whole.validation),
      },
      unknown: {
        'class left out': [...loadersOf(pick(whole.train, isHeld)), ...loadersOf(pick(whole.validation, isHeld))],
      },
    });
  }
  return tasks;
}

function loadersOf(source: PictureSource): (() => Promise<Buffer>)[] {
  return Array.from({ length: source.count }, (_, index) => () => source.load(index));
}

function everyOther(source: PictureSource, rest: number): PictureSource {
  return pick(source, (_, index) => index % 2 === rest);
}

function pick(source: PictureSource, isWanted: (label: number, index: number) => boolean): PictureSource {
  const chosen = [...source.labels.keys()].filter((index) => isWanted(source.labels[index]!, index));
  return {
    count: chosen.length,
    labels: Int32Array.from(chosen, (index) => source.labels[index]!),
    load: (at) => source.load(chosen[at]!),
    keyOf: (at) => source.keyOf?.(chosen[at]!),
  };
}

function renumbered(source: PictureSource, numberOf: (label: number) => number): PictureSource {
  return { ...source, labels: Int32Array.from(source.labels, numberOf) };
}

/** Share of pairs of a known and an unknown picture of which the unknown one has the higher score; a tie counts half (Mann and Whitney). */
function areaUnderCurve(known: readonly number[], unknown: readonly number[]): number {
  return mean(unknown.map((high) => mean(known.map((low) => (high > low ? 1 : high === low ? 0.5 : 0)))));
}
