import { orThrow, type ModelExport } from '../typescript/index.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { saveDownload } from './save-download.ts';
import type { Session } from './session.ts';
import { formatBytes } from './text/format-bytes.ts';
import { formatPercent } from './text/format-percent.ts';
import { endOfTransfer, watchTransfer } from './watch-transfer.ts';

/** Saves a model: the bundle that a worker makes and checks, or the ONNX file as the training left it. */
export async function exportModel(
  session: Session,
  asked: string | undefined,
  { project, onnx, out }: { readonly project?: string; readonly onnx?: boolean; readonly out?: string },
): Promise<ExitCode> {
  const { exemplar, output, find } = session;
  const { id: projectId, name } = await find.project(project);
  const version = await find.version(projectId, asked);
  const file = out ?? `${name}-${version.name}.${onnx ? 'onnx' : 'zip'}`;
  if (onnx) {
    const { modelUrl, modelSha256: sha256 } = (await exemplar.modelVersions.get(version.id))!;
    const bytes = await saveDownload(await exemplar.openDownload(modelUrl), file);
    output.result({ modelVersion: version.name, file, bytes, sha256 }, () => [
      `${version.name} in ${file} (${formatBytes(bytes)}).`,
    ]);
    return exitCodes.done;
  }
  const started = await orThrow(exemplar.transfers.startModelExport(version.id));
  const ended = (await watchTransfer(session, started)) as ModelExport;
  const { bundle } = ended;
  if (!bundle) return endOfTransfer(session, ended);
  await saveDownload((await exemplar.transfers.download(ended.id))!, file);
  output.result({ modelVersion: version.name, file, ...bundle }, () => [
    `${version.name} in ${file} (${formatBytes(bundle.bytes)}).`,
    `Asked about ${bundle.imageCount} validation images, the file answers like the server (off by ${bundle.parity.toExponential(1)} at most), ${formatPercent(bundle.accuracy)} right.`,
  ]);
  return exitCodes.done;
}
