import type { Project, UploadFile } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { expandPaths } from './find-files.ts';
import type { Session } from './session.ts';
import { renderBar } from './text/progress-bar.ts';

export interface UploadCommandOptions {
  readonly label?: string;
  readonly group?: string;
}

/** Uploads pictures, a line or JSON line for each; with a label they get it, in calls of up to 1,000. */
export async function uploadImages(
  session: Session,
  { id: projectId, name }: Project,
  paths: readonly string[],
  { label, group }: UploadCommandOptions,
): Promise<ExitCode> {
  const { exemplar, output, find } = session;
  const labelId = label === undefined ? undefined : (await find.label(projectId, label)).id;
  const found: UploadFile[] = [];
  for await (const { path, relativePath } of expandPaths(paths))
    found.push({ source: path, fileName: relativePath.replace(/^.*\//, ''), group });
  const counts = { created: 0, duplicate: 0, refused: 0 };
  let done = 0;
  output.live?.show(({ columns }) => [
    renderBar({ label: 'uploading', done, total: found.length, unit: 'pictures', etaSeconds: null }, columns + 1),
  ]);
  const imageIds: string[] = [];
  const uploads = exemplar.images.upload(projectId, found, { onProgress: ({ files }) => (done = files) });
  for await (const result of uploads)
    if (result.__typename === 'UploadedImage') {
      counts[result.outcome === 'CREATED' ? 'created' : 'duplicate']++;
      imageIds.push(result.image.id);
      output.event({ fileName: result.fileName, outcome: result.outcome, imageId: result.image.id });
    } else {
      counts.refused++;
      const { message } = result.error;
      const code = 'code' in result.error ? result.error.code : result.error.name;
      output.event({ fileName: result.fileName, outcome: 'REFUSED', code, message }, `${result.fileName}: ${message}`);
    }
  output.live?.end();
  if (labelId !== undefined && imageIds.length > 0) await putLabel(session, projectId, imageIds, labelId);
  output.line(
    `${name}: ${counts.created} new images, ${counts.duplicate} that were there, ${counts.refused} refused${label === undefined ? '' : `; labelled ${label}`}.`,
  );
  return counts.refused > 0 ? exitCodes.partial : exitCodes.done;
}

async function putLabel(
  { exemplar, output }: Session,
  projectId: string,
  imageIds: readonly string[],
  labelId: string,
): Promise<void> {
  const project = (await exemplar.projects.get(projectId))!;
  const isOne = project.type === 'SINGLE_LABEL';
  const annotations = imageIds.map((imageId) => (isOne ? { imageId, labelId } : { imageId, addLabelIds: [labelId] }));
  for await (const result of exemplar.annotations.annotateAll(projectId, annotations))
    if (result.__typename === 'AnnotationRefused') output.note(`${result.imageId}: ${result.error.message}`);
}
