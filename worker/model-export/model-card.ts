import type { Interval } from '#core/models/evaluation-facts.ts';
import type { ModelExportResult } from '#core/transfer/model-export-facts.ts';
import type { ExportFacts } from './export-facts.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const between = (interval: Interval | undefined) =>
  interval ? ` (${percent(interval.lower)} to ${percent(interval.upper)})` : '';
/** Names are people's: what Markdown would take for a table or a tag is escaped. */
const text = (name: string) => name.replace(/[\\|<>`*_[\]&\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** What whoever gets the bundle must know before they rely on it. */
export function modelCard(
  facts: ExportFacts,
  proof: Pick<ModelExportResult, 'imageCount' | 'unreadableCount' | 'parity' | 'wholeParity' | 'accuracy' | 'int8'>,
): string {
  const { version, name, dataset, evaluation, training, ancestors } = facts;
  const { confidence } = evaluation;
  const several = version.classes[0]?.threshold !== undefined;
  const lines = [
    `# ${name}`,
    '',
    `An image classifier with ${version.classes.length} classes, made by Exemplar on ${version.createdAt.toISOString().slice(0, 10)}. ` +
      (several
        ? 'A picture may carry any number of labels: one is said where its probability reaches its threshold.'
        : 'A picture is of one class: the most probable one. Probabilities sum to 1.'),
    '',
    '## Use',
    '',
    '`model.onnx` takes `pixels`, uint8 [N, H, W, 3]: red, green, blue, 0 to 255, sRGB, rows from the top, any size. Turn a picture upright first ' +
      '(EXIF) and lay transparency over white. It resizes, normalises and answers with `probabilities`, float32 [N, classes], in the order of `labels.txt`. ' +
      '`verify.mjs` and `verify.py` show a call and prove that the file answers as the server does.',
    '',
    `The resize is that of libvips (Lanczos 3 after whole-pixel means, Catmull-Rom to enlarge) to ${version.recipe?.inputSize ?? 'the network\u2019s'} pixels a side, inside the file. ` +
      'Another JPEG decoder than libjpeg-turbo may differ by a level or two in a pixel, and so a little in the answer.',
    '',
    '## Data',
    '',
    `Dataset version ${text(dataset.name)}, content digest \`${dataset.contentSha256.toString('hex')}\`, seed ${dataset.seed}: ` +
      `${dataset.trainCount} images to train on, ${dataset.validationCount} to evaluate on, ${dataset.testCount} held out of both.`,
    '',
    row('class', 'train', 'validation', 'test'),
    row('---', '---:', '---:', '---:'),
    ...facts.datasetClasses.map((each) => row(text(each.name), each.trainCount, each.validationCount, each.testCount)),
    '',
    '## How well it does',
    '',
    `On the ${evaluation.imageCount} validation images; in brackets where the figure lies with 95 % confidence. Validation images also chose the best epoch and the temperature, so expect a little less on new pictures.`,
    '',
    row('figure', 'value'),
    row('---', '---'),
    row('accuracy', `${percent(evaluation.accuracy)}${between(confidence?.accuracy)}`),
    row('macro F1', `${percent(evaluation.macro.f1)}${between(confidence?.macroF1)}`),
    row('macro precision', percent(evaluation.macro.precision)),
    row('macro recall', percent(evaluation.macro.recall)),
    ...(confidence
      ? [
          row('temperature', confidence.temperature.toFixed(3)),
          row('expected calibration error', percent(confidence.calibrationErrorAfter)),
        ]
      : []),
    '',
    row('class', 'images', 'precision', 'recall', 'F1', ...(several ? ['threshold'] : [])),
    row('---', '---:', '---', '---', '---:', ...(several ? ['---:'] : [])),
    ...facts.statistics.map((each, index) =>
      row(
        text(each.labelName),
        each.support,
        `${percent(each.precision)}${between(confidence?.classes[index]?.precision)}`,
        `${percent(each.recall)}${between(confidence?.classes[index]?.recall)}`,
        percent(each.f1),
        ...(several ? [(each.threshold ?? 0).toFixed(3)] : []),
      ),
    ),
    '',
    '## Limits',
    '',
    ...limitsOf(facts),
    '',
    '## Parity',
    '',
    `Server and file were asked about ${proof.imageCount} validation images${proof.unreadableCount > 0 ? ` (${proof.unreadableCount} more could not be read)` : ''}. ` +
      `Largest difference of a probability: ${proof.parity.toExponential(1)} with the pixels that the network sees, ${proof.wholeParity.toExponential(1)} with whole pictures; 1e-4 is allowed.`,
    ...(proof.wholeParity > 1e-4
      ? [
          '',
          'This version is of before pictures were decoded whole: the server has the JPEG decoder halve large pictures, the file resizes all of their pixels. Train it again to make both alike.',
        ]
      : []),
    '',
    int8Of(proof),
    '',
    '## Lineage',
    '',
    `Training: ${training.preference}, seed ${training.seed}${version.recipe ? `, recipe ${version.recipe.version ?? 'of before they were counted'}, best epoch ${version.recipe.epoch} of ${version.recipe.epochs} (${version.recipe.stage})` : ''}.`,
    '',
    `Base model: ${text(version.baseModel)}, SHA-256 \`${version.baseModelSha256.toString('hex')}\`. Licence: ${text(facts.baseLicence)}`,
    ...ancestors.map(
      (each) =>
        `\nTrained on from ${each.version} (dataset version ${text(each.datasetVersion)}, SHA-256 \`${each.modelSha256}\`).`,
    ),
    '',
    `The stored file has SHA-256 \`${version.modelSha256.toString('hex')}\`. The rights in the pictures, golden examples included, are their owners\u2019.`,
    '',
  ];
  return lines.join('\n');
}

function limitsOf({ statistics, evaluation, dataset }: ExportFacts): string[] {
  const few = statistics.filter(({ support }) => support < 20);
  return [
    '- It knows its classes only, and gives one of them to any picture, also to one that shows none of them.',
    '- The figures hold for pictures like those of the dataset; other cameras, places or seasons can be harder.',
    ...(few.length > 0
      ? [
          `- Fewer than 20 validation images, so wide intervals: ${few.map(({ labelName }) => text(labelName)).join(', ')}.`,
        ]
      : []),
    ...(dataset.testCount > 0 ? ['- The test part was not looked at for any figure here.'] : []),
    ...(evaluation.confidence?.crossValidated
      ? [
          `- A second opinion by cross-validation over ${evaluation.confidence.crossValidated.imageCount} images, of heads on frozen features: ${percent(evaluation.confidence.crossValidated.accuracy)}.`,
        ]
      : []),
  ];
}

function int8Of({ int8, accuracy }: Pick<ModelExportResult, 'int8' | 'accuracy'>): string {
  const figures = `${percent(int8.accuracy)} right instead of ${percent(accuracy)} of these images`;
  return int8.isIncluded
    ? `\`model.int8.onnx\` has its weights in 8 bits: a smaller file, no faster, ${figures}.`
    : `A variant with weights in 8 bits was left out: ${figures}, and a drop of ${percent(int8.allowedDrop)} is allowed.`;
}
