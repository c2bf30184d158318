import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileCheckpointStore } from '#engine/checkpoint/checkpoint-store.ts';
import { trainClassifier } from '#engine/train.ts';
import { drain } from './picture-source.ts';
import { tinyTraining } from './tiny-training.ts';

/*
 * A process beside the test's, to be killed: `node train-tiny.ts FOLDER`. Trains for accuracy with its checkpoint and cache in the
 * folder, says on standard output when it has saved one, and leaves model.onnx.
 */
const folder = process.argv[2]!;
const store = fileCheckpointStore(join(folder, 'checkpoint'));
const { result } = await drain(
  trainClassifier({
    ...(await tinyTraining({ preference: 'ACCURACY_FIRST' })),
    cache: { directory: join(folder, 'cache'), budgetBytes: 1e8 },
    checkpoints: {
      load: () => store.load(),
      save: async (bytes) => {
        await store.save(bytes);
        process.stdout.write('saved\n');
      },
    },
  }),
);
await writeFile(join(folder, 'model.onnx'), result.model);
