import { openCacheFolder } from '../cache/cache-folder.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { generatedPictures } from './generated-pictures.ts';

/*
 * A process beside the test's: `node fill-picture-cache.ts FOLDER BUDGET FIRST LAST`. Reads generated pictures through the cache, says
 * on standard output how many it has done, the statistics at the end, and closes the cache when standard input ends.
 */
const [path, budgetBytes, first, last] = process.argv.slice(2);
const folder = openCacheFolder(path!, { budgetBytes: Number(budgetBytes), lookAgainMilliseconds: 0 });
const cache = openPictureCache(folder);
const source = generatedPictures(Number(last));
for (let index = Number(first); index < Number(last); index++) {
  await cache.pixels(source, index, { size: 96, resize: 'cover' });
  process.stdout.write(`${index + 1 - Number(first)}\n`);
}
process.stdout.write(`${JSON.stringify({ loads: source.loads, ...folder.statistics })}\n`);
process.stdin.on('end', () => void folder.close()).resume();
