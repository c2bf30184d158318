import { defaultPictureLimits } from '#engine/pictures/index.ts';
import { pictureToModelPixels, type Classifier } from '#engine/inference/index.ts';

/** Pictures that are decoded ahead of the run, as the threads of libuv allow. */
const ahead = 4;

/** Pictures a second of decoding and running, one picture a run, with nothing around it. */
export async function bareLoop(classifier: Classifier, pictures: readonly Buffer[], seconds: number): Promise<number> {
  const geometry = { size: classifier.inputSize, resize: classifier.resize };
  let next = 0;
  const decode = () => pictureToModelPixels(pictures[next++ % pictures.length]!, defaultPictureLimits, geometry);
  const decoded = Array.from({ length: ahead }, decode);
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < seconds * 1000) {
    const pixels = await decoded.shift()!;
    decoded.push(decode());
    await classifier.classify(pixels, 1);
    done++;
  }
  const perSecond = (done * 1000) / (performance.now() - start);
  await Promise.all(decoded);
  return perSecond;
}
