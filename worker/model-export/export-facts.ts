import { findBaseModel } from '#core/base-models/base-models.ts';
import { findDatasetVersion, readDatasetClasses } from '#core/datasets/dataset-versions.ts';
import {
  findModelVersion,
  readClassStatistics,
  readEvaluation,
  type ModelVersion,
} from '#core/models/model-versions.ts';
import type { Queryable } from '#core/platform/database.ts';
import { findTraining } from '#core/trainings/training-row.ts';
import { versionLabel } from '#core/trainings/training-facts.ts';

/** A version that another one was trained on from. */
export interface Ancestor {
  readonly version: string;
  readonly modelSha256: string;
  readonly datasetVersion: string;
}

const longestLineage = 50;

/** Everything that the database says of a model version and that does not change any more, but for the licence that a worker last named. */
export async function readExportFacts(db: Queryable, version: ModelVersion) {
  const evaluation = await readEvaluation(db, version);
  const [dataset, classes, statistics, training, base] = await Promise.all([
    findDatasetVersion(db, version.datasetVersionId),
    readDatasetClasses(db, version.datasetVersionId),
    readClassStatistics(db, evaluation.id),
    findTraining(db, version.trainingId),
    findBaseModel(db, version.baseModel),
  ]);
  const ancestors = await readAncestors(db, training!.baseVersionId);
  // After an earlier version the file it went on from is that version's; the name is still that of the base model.
  const isKnown = base !== undefined && (ancestors.length > 0 || base.sha256.equals(version.baseModelSha256));
  return {
    version,
    name: versionLabel(version.versionNumber),
    dataset: dataset!,
    datasetClasses: classes,
    evaluation,
    statistics,
    training: training!,
    baseLicence: isKnown ? base.facts.licence : 'Not known here any more; see where the base model came from.',
    ancestors,
  };
}

export type ExportFacts = Awaited<ReturnType<typeof readExportFacts>>;

/** Nearest first. */
async function readAncestors(db: Queryable, baseVersionId: string | null): Promise<Ancestor[]> {
  const ancestors: Ancestor[] = [];
  for (let id = baseVersionId; id !== null && ancestors.length < longestLineage;) {
    const version = await findModelVersion(db, id);
    if (!version) break;
    const [dataset, training] = await Promise.all([
      findDatasetVersion(db, version.datasetVersionId),
      findTraining(db, version.trainingId),
    ]);
    ancestors.push({
      version: versionLabel(version.versionNumber),
      modelSha256: version.modelSha256.toString('hex'),
      datasetVersion: dataset!.name,
    });
    id = training!.baseVersionId;
  }
  return ancestors;
}
