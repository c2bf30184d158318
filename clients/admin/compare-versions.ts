import type { DatasetVersionDiff, Evaluation, ModelVersion } from '../typescript/index.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';
import { formatPercent } from './text/format-percent.ts';

interface Judged {
  readonly version: ModelVersion;
  readonly evaluation: Evaluation;
}

/** Two versions side by side. Whether they were judged on the same images is said first, since otherwise nothing can be concluded. */
export async function compareVersions(
  { exemplar, output, find }: Session,
  projectId: string,
  beforeName: string,
  afterName: string,
): Promise<void> {
  const judge = async (asked: string): Promise<Judged> => {
    const version = await find.version(projectId, asked);
    return { version, evaluation: (await exemplar.modelVersions.evaluation(version.id))! };
  };
  const [before, after] = await Promise.all([judge(beforeName), judge(afterName)]);
  const [from, to] = [before.evaluation.datasetVersion, after.evaluation.datasetVersion];
  const data = from.id === to.id ? null : await exemplar.datasetVersions.diff(from.id, to.id);
  const [configBefore, configAfter] = await Promise.all(
    [before, after].map(async ({ version }) => (await exemplar.trainings.get(version.training.id))?.config ?? null),
  );
  const settings = differences(configBefore, configAfter);
  const classes = classRows(before.evaluation, after.evaluation);
  const isBase = configAfter?.baseVersionId === before.version.id;
  const forgetting = isBase ? ((await exemplar.modelVersions.get(after.version.id))?.forgetting ?? null) : null;
  const bases = new Map<string, string>();
  for (const id of [configBefore?.baseVersionId, configAfter?.baseVersionId])
    if (id) bases.set(id, (await exemplar.modelVersions.get(id))?.name ?? id);
  const said = (value: string | null | undefined) => bases.get(value ?? '') ?? value ?? 'none';
  output.result({ before, after, datasetChanges: data, settings, classes, forgetting }, () => [
    describeData(before, after, data, output),
    ...settings.map(({ name, before, after }) => `${name}: ${said(before)} -> ${said(after)}`),
    '',
    ...output.table(
      ['', before.version.name, after.version.name, 'change'],
      (
        [
          ['accuracy', before.evaluation.accuracy, after.evaluation.accuracy],
          ['macro precision', before.evaluation.macro.precision, after.evaluation.macro.precision],
          ['macro recall', before.evaluation.macro.recall, after.evaluation.macro.recall],
          ['macro F1', before.evaluation.macro.f1, after.evaluation.macro.f1],
        ] as const
      ).map(([name, one, other]) => [name, formatPercent(one), formatPercent(other), change(one, other)]),
    ),
    '',
    ...output.table(
      ['class (F1)', before.version.name, after.version.name, 'change'],
      classes.map((one) => [one.labelName, share(one.before), share(one.after), change(one.before, one.after)]),
    ),
    ...(forgetting
      ? [
          '',
          `On the images that both were judged on, since ${after.version.name} goes on from ${before.version.name}:`,
          ...output.table(
            ['class (recall)', before.version.name, after.version.name, 'change', 'images'],
            forgetting.map(({ labelName, recallBefore, recallAfter, support }) => [
              labelName,
              share(recallBefore),
              share(recallAfter),
              change(recallBefore, recallAfter),
              String(support),
            ]),
          ),
        ]
      : []),
  ]);
}

function describeData(before: Judged, after: Judged, data: DatasetVersionDiff | null, output: Output): string {
  const { datasetVersion, imageCount } = before.evaluation;
  if (!data || (!data.addedCount && !data.removedCount && !data.movedCount && !data.relabelledCount))
    return `Both were judged on the same ${imageCount} images (dataset version ${datasetVersion.name}).`;
  const { addedCount, removedCount, movedCount, relabelledCount } = data;
  return output.warning(
    `The data changed: ${addedCount} images added, ${removedCount} removed, ${movedCount} on another side, ${relabelledCount} relabelled; judged on ${imageCount} and ${after.evaluation.imageCount} images.`,
  );
}

interface ClassRow {
  readonly labelId: string;
  readonly labelName: string;
  /** F1, 0 to 1; null where the version does not know the class. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Those that changed most come first. */
function classRows(before: Evaluation, after: Evaluation): ClassRow[] {
  const rows = new Map<string, ClassRow>();
  for (const { labelId, labelName, f1 } of before.classStatistics)
    rows.set(labelId, { labelId, labelName, before: f1, after: null });
  for (const { labelId, labelName, f1 } of after.classStatistics)
    rows.set(labelId, { labelId, labelName, before: rows.get(labelId)?.before ?? null, after: f1 });
  const size = (row: ClassRow) => Math.abs((row.after ?? 0) - (row.before ?? 0));
  return [...rows.values()].sort((a, b) => size(b) - size(a));
}

function differences(before: object | null | undefined, after: object | null | undefined) {
  const one = (before ?? {}) as Readonly<Record<string, unknown>>;
  const other = (after ?? {}) as Readonly<Record<string, unknown>>;
  return Object.keys({ ...one, ...other })
    .filter((name) => one[name] !== other[name])
    .map((name) => ({ name, before: one[name] as string | null, after: other[name] as string | null }));
}

const share = (value: number | null): string => (value === null ? '-' : formatPercent(value));

function change(before: number | null, after: number | null): string {
  if (before === null || after === null) return '';
  const points = 100 * (after - before);
  return Math.abs(points) < 0.05 ? '=' : `${points > 0 ? '+' : '-'}${Math.abs(points).toFixed(1)}`;
}
