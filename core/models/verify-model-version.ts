import { createHash } from 'node:crypto';
import type { ActionContext } from '../access/viewer.ts';
import { readDatasetImages } from '../datasets/dataset-versions.ts';
import { imageKey } from '../images/image-row.ts';
import { ObjectMissingError } from '../platform/objects/object-store.ts';
import {
  allPredictions,
  getModelVersion,
  readClassStatistics,
  readEvaluation,
  type ModelVersion,
  type StoredPrediction,
} from './model-versions.ts';
import type { Predictor } from './predict.ts';
import { EvaluationRecount } from './recount-evaluation.ts';

/** A figure that is stored otherwise than it was found. */
export interface FigureDifference {
  /** Such as `accuracy`, `macro.f1`, `confusionMatrix.0.2`, `classStatistics.1.recall`. */
  readonly figure: string;
  /** Null where it is missing. */
  readonly stored: number | null;
  readonly found: number | null;
}

/** What the file itself says now to images of the evaluated split. */
export interface FileVerification {
  /** Whether it is, to the byte, the one that the training left. */
  readonly isUnchanged: boolean;
  readonly imageCount: number;
  readonly unreadableCount: number;
  /** Of a probability from the stored one. */
  readonly largestDifference: number;
  readonly isWithinTolerance: boolean;
}

export interface ModelVerification {
  readonly modelVersion: ModelVersion;
  readonly imageCount: number;
  readonly differences: readonly FigureDifference[];
  /** Images whose stored answer is not what their stored probabilities say, up to 100. */
  readonly contradictingImageIds: readonly string[];
  /** Null unless it was asked for. */
  readonly file: FileVerification | null;
  /** Whether all of that is as it should be. */
  readonly isEqual: boolean;
}

const mostContradictions = 100;
/** The file is asked within the request: about ten milliseconds an image. */
export const mostImagesFromFile = 100;
/** What another processor or version of ONNX Runtime may round otherwise. */
const tolerance = 1e-4;
/** Sums in another order. */
const figureTolerance = 1e-9;

/**
 * Counts the stored evaluation of a version again from its stored answers.
 * @param fromFile asks the file too, about at most {@link mostImagesFromFile} images, evenly chosen. @throws {NotFoundError}
 */
export async function verifyModelVersion(
  ctx: ActionContext,
  predictor: Predictor,
  { id, fromFile = false }: { readonly id: string; readonly fromFile?: boolean },
): Promise<ModelVerification> {
  const { db } = ctx.platform;
  const modelVersion = await getModelVersion(ctx, id);
  const evaluation = await readEvaluation(db, modelVersion);
  const statistics = await readClassStatistics(db, evaluation.id);
  const recount = new EvaluationRecount(modelVersion.classes);
  const answers: StoredPrediction[] = [];
  const stride = Math.max(1, Math.ceil(evaluation.imageCount / mostImagesFromFile));
  let seen = 0;
  for await (const answer of allPredictions(db, evaluation.id)) {
    recount.add(answer);
    if (fromFile && seen++ % stride === 0) answers.push(answer);
  }
  const found = recount.result();
  const { imageCount, accuracy, macro, micro, weighted, confusionMatrix } = evaluation;
  const stored = {
    imageCount,
    accuracy,
    macro,
    micro,
    weighted,
    confusionMatrix,
    classStatistics: statistics.map(
      ({ support, predictedCount, truePositives, precision, recall, f1, oneVsRestAccuracy }) => ({
        support,
        predictedCount,
        truePositives,
        precision,
        recall,
        f1,
        oneVsRestAccuracy,
      }),
    ),
  };
  const differences = compare(figuresOf(stored), figuresOf(found));
  const file = fromFile ? await verifyFile(ctx, predictor, modelVersion, answers) : null;
  const { contradictions } = recount;
  return {
    modelVersion,
    imageCount: found.imageCount,
    differences,
    contradictingImageIds: contradictions.slice(0, mostContradictions),
    file,
    isEqual:
      differences.length === 0 &&
      contradictions.length === 0 &&
      (file === null || (file.isUnchanged && file.isWithinTolerance && file.unreadableCount === 0)),
  };
}

async function verifyFile(
  { platform: { db, objects } }: ActionContext,
  predictor: Predictor,
  modelVersion: ModelVersion,
  answers: readonly StoredPrediction[],
): Promise<FileVerification> {
  const digests = new Map(
    (await readDatasetImages(db, modelVersion.datasetVersionId)).map(({ imageId, sha256 }) => [imageId, sha256]),
  );
  const read = (key: string) =>
    objects.get(key).catch((error: unknown) => {
      if (error instanceof ObjectMissingError) return undefined;
      throw error;
    });
  const bytes = await read(modelVersion.modelKey);
  const isUnchanged =
    bytes !== undefined && createHash('sha256').update(bytes).digest().equals(modelVersion.modelSha256);
  let [imageCount, largestDifference] = [0, 0];
  for (const { imageId, probabilities } of isUnchanged ? answers : []) {
    const sha256 = digests.get(imageId);
    const jpeg = sha256 && (await read(imageKey(modelVersion.projectId, sha256, 'normalised')));
    if (!jpeg) continue;
    const { probabilities: answer } = await predictor.predict(modelVersion, jpeg);
    imageCount += 1;
    for (const [index, probability] of probabilities.entries()) {
      const difference = Math.abs(answer[index]! - probability);
      // Written so that a number that is none counts.
      if (!(difference <= largestDifference)) largestDifference = difference;
    }
  }
  return {
    isUnchanged,
    imageCount,
    unreadableCount: answers.length - imageCount,
    largestDifference,
    isWithinTolerance: largestDifference <= tolerance,
  };
}

/** Every number inside a value by its path. */
function figuresOf(value: unknown, path = ''): Map<string, number> {
  if (typeof value === 'number') return new Map([[path, value]]);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.flatMap(([key, item]) => [...figuresOf(item, path ? `${path}.${key}` : key)]));
}

function compare(stored: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): FigureDifference[] {
  return [...new Set([...stored.keys(), ...found.keys()])].flatMap((figure) => {
    const [a, b] = [stored.get(figure) ?? null, found.get(figure) ?? null];
    const isSame = a !== null && b !== null && Math.abs(a - b) <= figureTolerance;
    return isSame ? [] : [{ figure, stored: a, found: b }];
  });
}
