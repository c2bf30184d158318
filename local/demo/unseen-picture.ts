import sharp from 'sharp';
import type { LabelledPicture } from './picture-set.ts';
import { seededRandom, shuffled } from './random.ts';

/** A class with fewer could not be trained on any more. */
const fewestToTakeFrom = 6;
const candidatesTried = 20;

/** The picture to keep out: one that decodes, of which the others hold no copy, from a class that can spare it; the seed decides. */
export async function chooseUnseen(pictures: readonly LabelledPicture[], seed: number): Promise<LabelledPicture> {
  const byLabel = Map.groupBy(pictures, (picture) => picture.label);
  const rich = [...byLabel.values()].filter((group) => group.length >= fewestToTakeFrom);
  const candidates = shuffled(rich.length > 0 ? rich.flat() : pictures, seededRandom(seed));
  for (const candidate of candidates.slice(0, candidatesTried))
    if ((await decodes(candidate)) && !(await hasCopy(candidate, pictures))) return candidate;
  return candidates[0]!;
}

async function decodes(picture: LabelledPicture): Promise<boolean> {
  try {
    await sharp(await picture.read())
      .resize(8, 8)
      .raw()
      .toBuffer();
    return true;
  } catch {
    return false;
  }
}

async function hasCopy(picture: LabelledPicture, pictures: readonly LabelledPicture[]): Promise<boolean> {
  const bytes = await picture.read();
  for (const other of pictures) {
    if (other === picture || other.byteSize !== picture.byteSize) continue;
    if (Buffer.compare(bytes, await other.read()) === 0) return true;
  }
  return false;
}
