import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BaseModelError } from '../../base-model.ts';
import { OnnxFormatError } from '../../onnx/onnx-format-error.ts';
import { adoptBaseModel } from './adopt-base-model.ts';
import type { AdopterEnd } from './adopter-protocol.ts';
import type { AdoptionOptions } from './adoption-options.ts';

/*
 * Makes a base model folder of an ONNX file, in a process of its own: a file may be made to crash whoever runs it, or never to return.
 *     node adopter.ts FILE FOLDER OPTIONS.JSON
 */
const [file, folder, options] = process.argv.slice(2);
if (!file || !folder || !options || !process.send) {
  process.stderr.write('This process is started by others.\n');
  process.exit(2);
}
process.send(await adopt(file, folder, JSON.parse(options) as AdoptionOptions));
process.disconnect();

async function adopt(from: string, to: string, given: AdoptionOptions): Promise<AdopterEnd> {
  try {
    const { card, bytes, trainable, frozenOperators, millisecondsPerPicture, remarks } = await adoptBaseModel(
      await readFile(from),
      given,
    );
    await mkdir(to, { recursive: true });
    await writeFile(join(to, card.file), bytes);
    await writeFile(join(to, 'adoption.json'), JSON.stringify({ remarks, millisecondsPerPicture }, null, 2));
    await writeFile(join(to, 'base-model.json'), JSON.stringify(card, null, 2));
    return {
      type: 'adopted',
      name: card.name,
      inputSize: card.input.size,
      dimension: card.output.dimension,
      parameters: card.parameters,
      millisecondsPerPicture,
      trainable,
      frozenOperators,
      remarks,
    };
  } catch (error) {
    if (!(error instanceof BaseModelError || error instanceof OnnxFormatError)) throw error;
    return { type: 'refused', message: error.message };
  }
}
