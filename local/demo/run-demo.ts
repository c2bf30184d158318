import { basename, join, resolve } from 'node:path';
import { adoptFile } from '#engine/base-models/adopt/adopt-file.ts';
import { describeBaseModel } from '../describe-base-model.ts';
import type { DemoArguments } from './arguments.ts';
import { drawPictures } from './drawn-pictures.ts';
import { graphql, ServiceError, type Endpoint } from './graphql-client.ts';
import { labelPictures } from './label-pictures.ts';
import { Laps } from './laps.ts';
import { readPictureFolder } from './picture-folder.ts';
import type { PictureSet, SkippedFile } from './picture-set.ts';
import { formatSeconds } from '../../clients/admin/text/progress-bar.ts';
import { describeIssues, describeSet, describeSkipped, describeSplit } from './report.ts';
import { showModel, showPredictions } from './show-model.ts';
import { readReadiness, startTraining } from './start-training.ts';
import type { DemoOutcome } from './summary.ts';
import { withTemporaryStack } from './temporary-stack.ts';
import type { Terminal } from './terminal.ts';
import { predictPicture, readTrainedModel, type Prediction } from './trained-model.ts';
import { uploadPictures, type UploadedPicture } from './upload-pictures.ts';
import { watchTraining } from './watch-training.ts';

const createProjectDocument = `mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) { __typename ... on UserError { code message } ... on Project { id name } }
}`;

/** The whole way of a user, from pictures to a prediction, through the public API of a stack of its own. */
export async function runDemo(options: DemoArguments, terminal: Terminal, signal: AbortSignal): Promise<DemoOutcome> {
  const laps = new Laps();
  const { folder, seed } = options;
  const set = folder === undefined ? await drawPictures(seed) : await readPictureFolder(folder, seed);
  laps.end('pictures');
  signal.throwIfAborted();
  terminal.line(terminal.bold('Exemplar demo'));
  for (const line of describeSet(set)) terminal.line(`  ${line}`);
  for (const line of describeSkipped(set.skipped)) terminal.line(terminal.warning(`  ${line}`));
  const prepare = (temporary: string) =>
    adoptBaseModel(options.baseModel, join(temporary, 'base-model'), terminal, signal);
  const outcome = await withTemporaryStack({ signal, prepare }, (endpoint) => {
    terminal.line(`  ready at ${endpoint.url} after ${formatSeconds(laps.end('startup'))}`);
    return useStack(endpoint, set, options, terminal, laps);
  });
  laps.end('stop');
  const secondsByStep = laps.read();
  terminal.heading(`Stopped and removed everything; ${formatSeconds(secondsByStep['total']!)} in all.`);
  return { ...outcome, secondsByStep };
}

/** Settings for a stack that builds on the given ONNX file; none for the base models that ship. @throws {AdoptionRefusedError} */
async function adoptBaseModel(
  file: string | undefined,
  folder: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  if (file !== undefined) {
    terminal.heading(`Trying the model ${file} ...`);
    const name = basename(file, '.onnx').slice(0, 64);
    for (const line of describeBaseModel(await adoptFile(resolve(file), folder, { name }, { signal })))
      terminal.line(`  ${line}`);
  }
  terminal.heading('Starting PostgreSQL, server and worker in a temporary folder ...');
  return file === undefined ? {} : { EXEMPLAR_BASE_MODEL: folder };
}

async function useStack(
  endpoint: Endpoint,
  set: PictureSet,
  options: DemoArguments,
  terminal: Terminal,
  laps: Laps,
): Promise<Omit<DemoOutcome, 'secondsByStep'>> {
  const { createProject: project } = await graphql<{ createProject: { id: string; name: string } }>(
    endpoint,
    createProjectDocument,
    { input: { name: set.name, description: 'Made by npm run demo' } },
  );
  const skipped: SkippedFile[] = [...set.skipped];
  const onRefused = (refused: SkippedFile) => {
    skipped.push(refused);
    terminal.line(terminal.warning(`  skipped ${refused.file}: ${refused.reason}`));
  };

  terminal.heading(`Uploading to project ${project.name}`);
  const uploaded = await upload(endpoint, project.id, set, terminal, onRefused);
  terminal.line(`  ${uploaded.length} pictures uploaded in ${formatSeconds(laps.end('upload'))}`);
  const labelled = await labelPictures(endpoint, project.id, uploaded);
  for (const line of labelled.refused) terminal.line(terminal.warning(`  not labelled: ${line}`));
  terminal.line(
    `  ${labelled.labelledCount} pictures labelled with ${labelled.labelCount} labels in ${formatSeconds(laps.end('label'))}`,
  );

  const readiness = await readReadiness(endpoint, project.id, options);
  terminal.heading(readiness.isReady ? 'Ready to train' : 'Not ready to train');
  terminal.line(`  ${describeSplit(readiness)}`);
  for (const line of describeIssues(readiness.blockers)) terminal.line(terminal.warning(`  must be mended: ${line}`));
  for (const line of describeIssues(readiness.warnings)) terminal.line(terminal.warning(`  note: ${line}`));
  if (!readiness.isReady) throw new ServiceError('The training cannot start with these pictures.');
  laps.end('readiness');

  const started = await startTraining(endpoint, project.id, options);
  const preference = options.preference.toLowerCase();
  terminal.heading(`Training ${started.versionName} (${preference}, at most ${options.maximumMinutes} min)`);
  const training = await watchTraining(endpoint, started.id, terminal);
  const trained = formatSeconds(laps.end('train'));
  const reason = training.stopReason === null ? '' : ` (${training.stopReason})`;
  terminal.line(`  ${training.state} after ${trained}${reason}`);
  const outcome = { project, version: started.versionName, training, imageCount: uploaded.length, skipped };
  if (training.state !== 'COMPLETED') return { ...outcome, model: undefined, predictions: [] };

  const model = await readTrainedModel(endpoint, started.id);
  showModel(model, terminal);
  const predictions: Prediction[] = [];
  for (const picture of set.unseen) {
    const prediction = await predictPicture(endpoint, project.id, model.id, picture, onRefused);
    if (prediction) predictions.push(prediction);
  }
  laps.end('predict');
  showPredictions(predictions, terminal);
  return { ...outcome, model, predictions };
}

async function upload(
  endpoint: Endpoint,
  projectId: string,
  { pictures }: PictureSet,
  terminal: Terminal,
  onRefused: (refused: SkippedFile) => void,
): Promise<UploadedPicture[]> {
  const startedAt = Date.now();
  const total = pictures.length;
  const show = (done: number) => {
    const etaSeconds = done === 0 ? null : (((Date.now() - startedAt) / 1000) * (total - done)) / done;
    terminal.progress({ label: 'uploading', done, total, unit: 'pictures', etaSeconds });
  };
  show(0);
  try {
    return await uploadPictures(endpoint, projectId, pictures, show, onRefused);
  } finally {
    terminal.endProgress();
  }
}
