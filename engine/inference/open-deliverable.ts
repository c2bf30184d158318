import { readClassifierMetadata } from '../export/classifier-metadata.ts';
import { createSession } from '../onnx/create-session.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { readModel } from '../onnx/read-model.ts';
import type { DecodedPicture } from '../pictures/decode-picture.ts';
import type { Answer } from './open-classifier.ts';

/** An exported file, run as those who took it with them run it. Holds native memory until closed. */
export interface Deliverable {
  classify(picture: DecodedPicture): Promise<Answer>;
  close(): Promise<void>;
}

/** Opens a file that `composeDeliverable` made. @throws {OnnxFormatError} when it is none of ours. */
export async function openDeliverable(model: Uint8Array): Promise<Deliverable> {
  readClassifierMetadata(readModel(model));
  const session = await createSession(model, 'frozen');
  return {
    classify: async ({ width, height, data }) => {
      const outputs = await session.run({ pixels: new Tensor('uint8', data, [1, height, width, 3]) });
      return {
        probabilities: outputs['probabilities']!.data as Float32Array,
        unfamiliarity: (outputs['unfamiliarity']?.data as Float32Array | undefined)?.[0],
      };
    },
    close: () => session.release(),
  };
}
