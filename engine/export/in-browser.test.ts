import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { json } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { openDeliverable } from '../inference/open-deliverable.ts';
import { decodePicture, encodePng } from '../pictures/decode-picture.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead, trainedNetwork } from '../testing/trained-network.ts';
import { composeDeliverable } from './compose-deliverable.ts';
import { exportClassifier } from './export-classifier.ts';
import { quantiseWeights } from './quantise-weights.ts';

const root = join(import.meta.dirname, '../..');
const runtime = join(root, 'node_modules/onnxruntime-web/dist');
const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

const page = `<!doctype html><script type="module">
  const say = (body) => fetch('/said', { method: 'POST', body: JSON.stringify(body) });
  try {
    const { openModel, classify } = await import('/classify.js');
    const picture = await (await fetch('/picture.png')).blob();
    const answers = [];
    for (const file of ['/model.onnx', '/model.int8.onnx']) answers.push([...await classify(await openModel(file), picture)]);
    await say({ answers });
  } catch (error) { await say({ error: String(error) }); }
</script>`;

/** The code that docs/taking-a-model-with-you.md shows for browsers. */
async function shownCode(): Promise<string> {
  const words = await readFile(join(root, 'docs/taking-a-model-with-you.md'), 'utf8');
  return /## In a browser[\s\S]*?```js\n([\s\S]*?)```/.exec(words)![1]!;
}

describe.skipIf(!chromium)('an exported model in a browser (needs chromium)', () => {
  let server: Server;
  let folder: string;
  let said: Promise<{ answers?: number[][]; error?: string }>;
  const files: Record<string, readonly [type: string, bytes: Uint8Array | string]> = {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-browser-'));
    const told = Promise.withResolvers<{ answers?: number[][]; error?: string }>();
    said = told.promise;
    server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      if (path === '/said') {
        void json(request).then((body) => told.resolve(body as { answers: number[][] }));
        response.end();
        return;
      }
      const name = basename(path);
      const read = async () => files[path] ?? [typeOf(name), await readFile(join(runtime, name))];
      read().then(
        ([type, bytes]) => response.writeHead(200, { 'content-type': type }).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const typeOf = (name: string) => (name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');

  it('answers to a picture as it does here', async () => {
    const tiny = tinyBaseModel();
    const classes = ['cat', 'dog', 'owl'].map((name) => ({ id: name, name }));
    const stored = exportClassifier(tiny, classes, await trainedNetwork(tiny, drawnHead(128, 3, 1)));
    const model = composeDeliverable(stored, {});
    const int8 = quantiseWeights(model);
    const picture = await decodePicture(
      await sharp(await drawPicture(1, 1))
        .resize(613, 401, { fit: 'fill' })
        .jpeg()
        .toBuffer(),
    );
    Object.assign(files, {
      '/': ['text/html', page],
      '/classify.js': ['text/javascript', await shownCode()],
      '/picture.png': ['image/png', await encodePng(picture)],
      '/model.onnx': ['application/octet-stream', model],
      '/model.int8.onnx': ['application/octet-stream', int8],
    });
    const { port } = server.address() as AddressInfo;
    const browser = spawn(
      chromium!,
      ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`, `http://127.0.0.1:${port}/`],
      { stdio: 'ignore' },
    );
    const exited = once(browser, 'exit');
    const { answers, error } = await Promise.race([
      said,
      exited.then(() => ({ answers: undefined, error: 'the browser ended' })),
    ]);
    browser.kill();
    await exited;
    expect(error).toBeUndefined();
    for (const [at, file] of [model, int8].entries()) {
      const here = await openDeliverable(file);
      const { probabilities: expected } = await here.classify(picture);
      await here.close();
      expect(answers![at]).toHaveLength(3);
      answers![at]!.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(1e-4));
    }
  });
});
