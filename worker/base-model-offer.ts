import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { adoptionFile } from '#core/base-models/base-model-files.ts';
import type { BaseModelOffer } from '#core/base-models/base-models.ts';
import { describeBaseModel, loadBaseModel } from '#engine/index.ts';

const adoptionSchema = z.object({ remarks: z.array(z.string()), millisecondsPerPicture: z.number().optional() });

/** What the folder of a base model is, for everybody. @throws {BaseModelError} @throws {OnnxFormatError} */
export async function offerOf(directory: string, source: BaseModelOffer['source']): Promise<BaseModelOffer> {
  const baseModel = await loadBaseModel(directory);
  const { card } = baseModel;
  const adoption = await readFile(join(directory, adoptionFile), 'utf8').then(
    (text) => adoptionSchema.parse(JSON.parse(text)),
    () => undefined,
  );
  const { trainable, frozenOperators } = await describeBaseModel(baseModel);
  return {
    name: card.name,
    version: card.version,
    sha256: card.sha256,
    source,
    facts: {
      bytes: card.bytes,
      parameters: card.parameters,
      multiplyAdds: card.multiplyAdds,
      inputSize: card.input.size,
      dimension: card.output.dimension,
      licence: card.licence,
      remarks: adoption?.remarks ?? [],
      millisecondsPerPicture: adoption?.millisecondsPerPicture ?? null,
      trainable,
      frozenOperators,
    },
  };
}
