import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { wilsonInterval } from '#engine/metrics/wilson-interval.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { Queryable } from '../platform/database.ts';
import { validate } from '../platform/validate.ts';
import type { Interval } from './evaluation-facts.ts';
import type { Evaluation, ModelVersion } from './model-versions.ts';

/** More are no smoother to look at. */
const mostPoints = 101;

/**
 * What a confidence threshold makes of the images of an evaluation: those from it on are decided automatically, people look at the others
 * (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", 2010).
 *
 * Of one label: images are decided that the model says it of, with that probability or more; right where they carry it. Of all labels together: the confidence of an image is
 * the probability of its most probable class, or in a multi-label project that of its least certain label, max(p, 1 - p); right where the
 * whole answer is.
 */
export interface ThresholdPoint {
  readonly threshold: number;
  readonly imageCount: number;
  readonly acceptedCount: number;
  /** Share of images that are decided: acceptedCount / imageCount. */
  readonly coverage: number;
  /** Share of the decided ones that is right, which for one label is its precision; null where none is decided. */
  readonly precision: number | null;
  /** Where that lies with 95 % confidence; Wilson's interval. */
  readonly precisionInterval: Interval;
  /** Share of all images with the label that is decided and right; without a label, of all images. Null where there are none. */
  readonly recall: number | null;
}

interface Counts {
  readonly accepted: number;
  readonly right: number;
}

const curveInput = z.object({ points: z.number().int().min(2).max(mostPoints) });
const pointInput = z.object({ threshold: z.number().min(0).max(1) });
const targetInput = z.object({ precision: z.number().gt(0).max(1) });

/** At `points` thresholds evenly over 0..1, ascending; callers have checked access. @throws {ValidationError} @throws {NotFoundError} */
export async function readThresholdCurve(
  db: Queryable,
  of: EvaluatedVersion,
  input: { labelId?: string | undefined; points: number },
): Promise<ThresholdPoint[]> {
  const { points } = validate(curveInput, { points: input.points });
  return pointsAt(
    db,
    of,
    input.labelId,
    Array.from({ length: points }, (_, at) => at / (points - 1)),
  );
}

/** As {@link readThresholdCurve}, of one threshold. */
export async function readThresholdPoint(
  db: Queryable,
  of: EvaluatedVersion,
  input: { labelId?: string | undefined; threshold: number },
): Promise<ThresholdPoint> {
  const { threshold } = validate(pointInput, { threshold: input.threshold });
  return (await pointsAt(db, of, input.labelId, [threshold]))[0]!;
}

/** The lowest threshold from which on at least that share of what is decided is right: it decides the most. Null where there is none. */
export async function findThreshold(
  db: Queryable,
  of: EvaluatedVersion,
  input: { labelId?: string | undefined; precision: number },
): Promise<ThresholdPoint | null> {
  const { precision } = validate(targetInput, { precision: input.precision });
  const [found] = await db.execute<{ threshold: number }>(sql`
    with scored as (${scored(of, input.labelId)}),
    levels as (
      select confidence, count(*) as images, count(*) filter (where is_right) as hits from scored
      where confidence is not null group by confidence),
    cumulated as (
      select confidence, sum(images) over above as accepted, sum(hits) over above as hits from levels
      window above as (order by confidence desc))
    select confidence::double precision as threshold from cumulated
    where hits >= ${precision}::double precision * accepted order by confidence limit 1`);
  return found ? (await pointsAt(db, of, input.labelId, [found.threshold]))[0]! : null;
}

export interface EvaluatedVersion {
  readonly evaluation: Pick<Evaluation, 'id'>;
  readonly modelVersion: Pick<ModelVersion, 'classes'>;
}

/** One pass over the predictions, however many thresholds. @param thresholds ascending. */
async function pointsAt(
  db: Queryable,
  of: EvaluatedVersion,
  labelId: string | undefined,
  thresholds: readonly number[],
): Promise<ThresholdPoint[]> {
  const bounds = sql`${`{${thresholds.join(',')}}`}::real[]`;
  const rows = await db.execute<{ bucket: number; images: number; hits: number; relevant: number }>(sql`
    with scored as (${scored(of, labelId)})
    select coalesce(width_bucket(confidence, ${bounds}), 0) as bucket, count(*)::integer as images,
      count(*) filter (where is_right)::integer as hits, count(*) filter (where is_relevant)::integer as relevant
    from scored group by 1`);
  const total = (valueOf: (row: (typeof rows)[number]) => number, from = 0) =>
    rows.reduce((sum, row) => sum + (row.bucket >= from ? valueOf(row) : 0), 0);
  const [imageCount, relevant] = [total(({ images }) => images), total((row) => row.relevant)];
  // A picture in bucket i is as confident as the thresholds before place i.
  return thresholds.map((threshold, place) => {
    const counts = { accepted: total(({ images }) => images, place + 1), right: total(({ hits }) => hits, place + 1) };
    return pointOf(threshold, counts, { imageCount, relevant });
  });
}

function pointOf(
  threshold: number,
  { accepted, right }: Counts,
  { imageCount, relevant }: { imageCount: number; relevant: number },
): ThresholdPoint {
  return {
    threshold,
    imageCount,
    acceptedCount: accepted,
    coverage: imageCount === 0 ? 0 : accepted / imageCount,
    precision: accepted === 0 ? null : right / accepted,
    precisionInterval: wilsonInterval(right, accepted),
    recall: relevant === 0 ? null : right / relevant,
  };
}

/** Of each image `confidence` (real; null: never decided), `is_right` and `is_relevant`. */
function scored({ evaluation, modelVersion }: EvaluatedVersion, labelId: string | undefined): SQL {
  const isMulti = modelVersion.classes.some(({ threshold }) => threshold !== undefined);
  const from = sql`from prediction where evaluation_id = ${evaluation.id}`;
  if (labelId === undefined) {
    const confidence = isMulti
      ? sql`(select min(greatest(p, (1 - p)::real)) from unnest(probabilities) as p)`
      : sql`probabilities[predicted_classes[1] + 1]`;
    return sql`select ${confidence} as confidence, true as is_relevant,
      predicted_classes @> actual_classes and predicted_classes <@ actual_classes as is_right ${from}`;
  }
  const index = modelVersion.classes.findIndex((each) => each.labelId === labelId);
  if (index === -1) throw new NotFoundError('Label', labelId);
  const place = sql`${index}::integer`;
  const said = isMulti ? sql`true` : sql`predicted_classes[1] = ${place}`;
  const carries = sql`${place} = any(actual_classes)`;
  return sql`select case when ${said} then probabilities[${place} + 1] end as confidence, ${carries} as is_relevant,
    ${carries} as is_right ${from}`;
}
