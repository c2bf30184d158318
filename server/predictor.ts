import type { Predictor } from '#core/models/predict.ts';
import type { Platform } from '#core/platform/platform.ts';
import { openClassifier, type Classifier } from '#engine/inference/index.ts';

const maximumModels = 8;

/** Answers with model files; keeps the last few loaded. */
export function createPredictor(platform: Platform): Predictor & { close(): Promise<void> } {
  // A Map keeps insertion order: the first key is the one that was unused the longest.
  const loaded = new Map<string, Promise<Classifier>>();
  const load = (modelKey: string): Promise<Classifier> => {
    const known = loaded.get(modelKey);
    if (known) {
      loaded.delete(modelKey);
      loaded.set(modelKey, known);
      return known;
    }
    const opening = platform.objects.get(modelKey).then((bytes) => openClassifier(bytes));
    opening.catch(() => loaded.delete(modelKey));
    loaded.set(modelKey, opening);
    if (loaded.size > maximumModels) loaded.delete(loaded.keys().next().value!);
    return opening;
  };
  return {
    predict: async (version, jpeg) => (await load(version.modelKey)).classifyPicture(jpeg),
    close: async () => {
      for (const opening of loaded.values()) await (await opening.catch(() => undefined))?.close();
      loaded.clear();
    },
  };
}
