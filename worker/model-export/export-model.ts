import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { readDatasetImages } from '#core/datasets/dataset-versions.ts';
import { imageKey } from '#core/images/image-row.ts';
import { findModelVersion } from '#core/models/model-versions.ts';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import type { Platform } from '#core/platform/platform.ts';
import { writeZip } from '#core/transfer/archives/write-zip.ts';
import type { ModelExportInput, ModelExportResult } from '#core/transfer/model-export-facts.ts';
import { TransferFailedError } from '#core/transfer/transfer-facts.ts';
import { transferPrefix } from '#core/transfer/transfer-row.ts';
import type { TransferRunner } from '#core/transfer/transfer-run.ts';
import {
  composeDeliverable,
  ParityError,
  proveDeliverable,
  quantiseWeights,
  type DeliverableProof,
  type PictureSource,
} from '#engine/index.ts';
import { toLabels } from '../to-labels.ts';
import { bundleMembers, lineageMetadata, type ModelProof } from './bundle-members.ts';
import { readExportFacts, type ExportFacts } from './export-facts.ts';

/** What both files are asked about: some minutes of one core at the most. */
const mostPictures = 1000;
/** Share of right answers that the 8-bit variant may lose. */
const allowedDrop = 0.01;
const megabyte = 1024 * 1024;

/** Makes the bundle of a model version: the file, proven to answer as the server does, and what belongs to it. */
export const exportModel: TransferRunner = async (platform, run) => {
  const { transfer, signal } = run;
  const { modelVersionId } = transfer.input as ModelExportInput;
  const version = await findModelVersion(platform.db, modelVersionId);
  if (!version) throw gone('The model version was deleted.');
  const facts = await readExportFacts(platform.db, version);
  const stored = await readStored(platform, facts);
  const model = composeDeliverable(stored, lineageMetadata(facts));
  const int8 = quantiseWeights(model);
  const proof = await proveDeliverable(
    { stored, deliverable: model, int8 },
    {
      pictures: await validationPictures(platform, facts),
      mostPictures,
      signal,
      onProgress: (done, total) => run.progress({ phase: 'CHECKING', done, total }),
    },
  ).catch((error: unknown) => {
    throw error instanceof ParityError ? notProven(error) : error;
  });
  if (proof.imageCount === 0) throw gone('None of its validation images can be read, so nothing can be proven.');
  const figures = figuresOf(proof, int8.byteLength);
  const members = bundleMembers(facts, {
    model,
    int8: figures.int8.isIncluded ? int8 : undefined,
    golden: proof.golden,
    proof: figures,
  });
  const zip = await buffer(writeZip(members));
  signal.throwIfAborted();
  const size = Math.ceil(zip.byteLength / megabyte);
  run.progress({ phase: 'STORING', done: 0, total: size });
  const key = `${transferPrefix(transfer)}model-${facts.name}.zip`;
  await platform.objects.put(key, zip);
  run.progress({ phase: 'STORING', done: size, total: size });
  const result: ModelExportResult = {
    key,
    bytes: zip.byteLength,
    sha256: createHash('sha256').update(zip).digest('hex'),
    modelBytes: model.byteLength,
    ...figures,
  };
  return { result };
};

/** @throws {TransferFailedError} when the bytes are not those that the training left. */
async function readStored(platform: Platform, { version }: ExportFacts): Promise<Buffer> {
  const bytes = await platform.objects.get(version.modelKey).catch((error: unknown) => {
    throw error instanceof ObjectMissingError ? gone('The file of the model version is gone.') : error;
  });
  if (createHash('sha256').update(bytes).digest().equals(version.modelSha256)) return bytes;
  throw gone('The file of the model version is not the one that its training left.');
}

async function validationPictures({ db, objects }: Platform, { version }: ExportFacts): Promise<PictureSource> {
  const images = (await readDatasetImages(db, version.datasetVersionId)).filter(({ split }) => split === 'VALIDATION');
  const isMultiLabel = version.classes[0]?.threshold !== undefined;
  return {
    count: images.length,
    labels: toLabels(
      isMultiLabel ? 'MULTI_LABEL' : 'SINGLE_LABEL',
      version.classes.length,
      images.map(({ classIndexes }) => classIndexes),
    ),
    load: (index) => objects.get(imageKey(version.projectId, images[index]!.sha256, 'normalised')),
  };
}

function figuresOf({ accuracy, ...proof }: DeliverableProof, int8Bytes: number): ModelProof {
  const drop = accuracy.deliverable - accuracy.int8;
  return {
    imageCount: proof.imageCount,
    unreadableCount: proof.unreadable.length,
    parity: proof.parity,
    wholeParity: proof.wholeParity,
    accuracy: accuracy.deliverable,
    int8: {
      bytes: int8Bytes,
      accuracy: accuracy.int8,
      drop,
      allowedDrop,
      // A share of 0.99 minus one of 0.98 is a little more than 0.01 in floating point.
      isIncluded: drop <= allowedDrop + 1e-9,
    },
  };
}

const gone = (message: string) =>
  new TransferFailedError('SOURCE_MISSING', message, 'Restore the object store from a backup, or train again.');

const notProven = (error: ParityError) =>
  new TransferFailedError(
    'INTERNAL',
    error.message,
    'Nothing was exported, since the file would answer otherwise than the server. Send us the log of the worker.',
  );
