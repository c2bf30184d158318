import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ZipMember } from '#core/transfer/archives/write-zip.ts';
import type { ModelExportResult } from '#core/transfer/model-export-facts.ts';
import { encodePng, type GoldenExample } from '#engine/index.ts';
import type { ExportFacts } from './export-facts.ts';
import { modelArtsConfig } from './modelarts-config.ts';
import { modelCard } from './model-card.ts';

/** As in the verifiers: what rounding explains. */
const tolerance = 1e-4;

/** The files of a bundle. What goes in is fixed for a version, so the archive's bytes are. */
export async function* bundleMembers(
  facts: ExportFacts,
  made: {
    readonly model: Uint8Array;
    readonly int8: Uint8Array | undefined;
    readonly golden: readonly GoldenExample[];
    readonly proof: Parameters<typeof modelCard>[1];
  },
): AsyncGenerator<ZipMember> {
  const words = (path: string, content: string) => ({ path, content: Buffer.from(content), deflate: true });
  const json = (path: string, content: unknown) => words(path, `${JSON.stringify(content, null, 2)}\n`);
  yield { path: 'model.onnx', content: made.model, deflate: true };
  if (made.int8) yield { path: 'model.int8.onnx', content: made.int8, deflate: true };
  yield words('labels.txt', labelLines(facts));
  yield words('model_card.md', modelCard(facts, made.proof));
  yield json('config.json', modelArtsConfig(facts));
  const examples = made.golden.map((example, at) => ({
    ...example,
    name: `golden/${at + 1}-${example.form.toLowerCase()}`,
  }));
  for (const { name, picture } of examples) {
    yield { path: `${name}.png`, content: await encodePng(picture) };
    yield { path: `${name}.raw`, content: picture.data, deflate: true };
  }
  yield json('golden/outputs.json', {
    tolerance,
    labels: facts.version.classes.map(({ name }) => name),
    examples: examples.map(({ name, form, picture: { width, height }, probabilities }) => ({
      picture: `${name}.png`,
      raw: `${name}.raw`,
      form,
      width,
      height,
      probabilities: [...probabilities],
    })),
  });
  for (const name of ['verify.mjs', 'verify.py'])
    yield words(name, await readFile(join(import.meta.dirname, name), 'utf8'));
}

/** One a line, in the order of the probabilities; a line break inside a name would shift all that follow. */
function labelLines({ version }: ExportFacts): string {
  return version.classes.map(({ name }) => `${name.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')}\n`).join('');
}

/** Metadata of the exported file beside what training wrote there. */
export function lineageMetadata({ version, name, dataset, training, ancestors }: ExportFacts): Record<string, string> {
  return {
    description: `${name} of dataset version ${dataset.name}, made by Exemplar`,
    date: version.createdAt.toISOString(),
    lineage: JSON.stringify({
      modelVersionId: version.id,
      storedModelSha256: version.modelSha256.toString('hex'),
      datasetVersion: dataset.name,
      datasetContentSha256: dataset.contentSha256.toString('hex'),
      seed: training.seed,
      preference: training.preference,
      recipe: version.recipe,
      baseModel: version.baseModel,
      baseModelSha256: version.baseModelSha256.toString('hex'),
      trainedOnFrom: ancestors,
    }),
  };
}

export type ModelProof = Omit<ModelExportResult, 'key' | 'bytes' | 'sha256' | 'modelBytes'>;
