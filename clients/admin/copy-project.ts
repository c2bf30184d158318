import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orThrow, type Project, type ProjectDetails } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { saveDownload } from './save-download.ts';
import type { Session } from './session.ts';
import { endOfTransfer, watchTransfer } from './watch-transfer.ts';

/** Makes a project of the same type, labels and training config; with `images` also of the same images, labels and sides. */
export async function copyProject(
  session: Session,
  from: Project,
  name: string,
  withImages: boolean,
): Promise<{ readonly copy: ProjectDetails; readonly exitCode: ExitCode }> {
  const { exemplar } = session;
  const { labels, trainingConfig, description, type } = (await exemplar.projects.get(from.id))!;
  const { id: projectId } = await orThrow(exemplar.projects.create({ name, description, type }));
  for (const label of labels)
    await orThrow(
      exemplar.labels.create({ projectId, name: label.name, color: label.color, shortcut: label.shortcut }),
    );
  const { flavor, maxDurationMinutes, preference, seed, testRatio, trainRatio, baseModel } = trainingConfig;
  await orThrow(
    exemplar.trainings.updateConfig(projectId, {
      flavor,
      maxDurationMinutes,
      preference,
      seed,
      testRatio,
      trainRatio,
      baseModel,
    }),
  );
  const exitCode = withImages ? await copyImages(session, from.id, projectId) : exitCodes.done;
  return { copy: (await exemplar.projects.get(projectId))!, exitCode };
}

/** By way of a manifest with its pictures, which keeps labels, sides and confidences. */
async function copyImages(session: Session, fromId: string, projectId: string): Promise<ExitCode> {
  const { exemplar } = session;
  const exported = await watchTransfer(
    session,
    await orThrow(
      exemplar.transfers.startExport({ projectId: fromId, format: 'MODELARTS_MANIFEST', includeUnlabelled: true }),
    ),
  );
  if (exported.state !== 'COMPLETED') return endOfTransfer(session, exported);
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-copy-'));
  try {
    const file = join(folder, 'copy.zip');
    await saveDownload((await exemplar.transfers.download(exported.id))!, file);
    const upload = await orThrow(exemplar.transfers.upload(projectId, file));
    const source = { projectId, uploadIds: [upload.id] };
    const imported = await watchTransfer(session, await orThrow(exemplar.transfers.startImport({ source })));
    return endOfTransfer(session, imported);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
