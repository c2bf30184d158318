import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipBytes } from '../../test/archives.ts';
import { drawPicture } from '../../test/pictures.ts';
import { openBrowser, servePages } from '../../test/browser.ts';
import { FlakyProxy } from '../../test/flaky-proxy.ts';
import { World } from '../../test/world.ts';
import { PackedClient } from '../../test/packed-client.ts';

const run = promisify(execFile);
const document = await readFile(new URL('../../docs/typescript-client.md', import.meta.url), 'utf8');
const isRunnable = (command: string) =>
  run(command, ['--version']).then(
    () => true,
    () => false,
  );
const blocks = [...document.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block!);

describe('the packed client', () => {
  let world: World;
  let client: PackedClient;
  beforeAll(async () => {
    [world, client] = await Promise.all([
      World.open({ worker: true, environment: { EXEMPLAR_CORS_ORIGINS: '*' } }),
      PackedClient.install(),
    ]);
    for (const [index, label] of ['cat', 'dog'].entries())
      for (let number = 0; number < 6; number++)
        await client.write(`photos/${label}/${number}.jpg`, await drawPicture(index, number));
    const more = [
      { path: 'cat/more.jpg', content: await drawPicture(0, 90), deflate: false },
      { path: 'dog/text.jpg', content: Buffer.from('no picture'), deflate: false },
    ];
    await client.write('more.zip', await zipBytes(more));
  });
  afterAll(async () => {
    await world.close();
    await client.remove();
  });

  test('holds ESM, types and the manifest of its documents, and nothing else', async () => {
    const installed = join(client.directory, 'node_modules/@exemplar/client');
    const files = (await readdir(installed, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const kinds = new Set(files.map(({ name }) => name.replace(/^[^.]+(?=\.)/, '*')));
    expect([...kinds].sort()).toEqual(['*.d.ts', '*.js', '*.json', '*.md', 'LICENSE']);
    const manifest = await readFile(join(installed, 'dist/persisted-documents.json'), 'utf8');
    expect(
      Object.values(JSON.parse(manifest)).some((text) => String(text).includes('subscription WatchTraining')),
    ).toBe(true);
    const names = (await readdir(join(client.directory, 'node_modules'))).filter((name) => !name.startsWith('.'));
    expect(names.sort()).toEqual(['@exemplar', '@graphql-typed-document-node', 'graphql', 'graphql-ws']);
  });

  test('does what its document says, block after block', async () => {
    expect(blocks.length).toBeGreaterThan(10);
    const picture = await drawPicture(0, 77);
    const call = `const chosen = { files: [new File([Buffer.from('${picture.toString('base64')}', 'base64')], 'chosen.jpg')] };
      console.log('chosen', await uploadChosen(chosen as unknown as HTMLInputElement));`;
    // A function for a page is called with what a page would have.
    const program = blocks
      .map((block) => (block.includes('HTMLInputElement') ? `${block}\n${call}\n` : block))
      .join('\n');
    await client.write('program.ts', program);
    expect(await client.check('program.ts', { types: ['node'] })).toBe('');
    const printed = await client.run('program.ts', { EXEMPLAR_URL: world.url, EXEMPLAR_TOKEN: world.admin.token! });
    expect(printed).toMatch(/^administrator\nmade Project_/);
    expect(printed).toContain('6 of 6, ');
    expect(printed).toContain('chosen 1\n');
    expect(printed).toMatch(/\nCOMPLETED\n(.*\n)*V001 [\d.]+ \[/);
    expect(printed).toContain('\n0.jpg cat ');
    for (const file of ['pets.onnx', 'pets.zip'])
      expect((await readFile(join(client.directory, file))).length).toBeGreaterThan(1000);
  }, 120_000);

  const program = `import { createExemplar } from '@exemplar/client';
    const [url, token, project] = [process.env.URL, process.env.TOKEN, process.env.PROJECT];
    for await (const { __typename } of createExemplar({ url, token }).images.upload(project, ['photos/cat/0.jpg', 'photos/cat/1.jpg']))
      console.log(__typename);
    for (const transport of ['websocket', 'sse'])
      for await (const { __typename, sequence } of createExemplar({ url, token, transport }).watchProject(project)) {
        console.log(transport, __typename, sequence);
        if (sequence === 2) break;
      }`;

  test.for(['Node', 'Bun'])('uploads and watches in %s, and lets the process end', async (runtime, { skip }) => {
    const bun = process.env['BUN'] ?? 'bun';
    if (runtime === 'Bun' && !(await isRunnable(bun))) return skip('there is no Bun here (BUN=... says where)');
    await client.write('program.mjs', program);
    const { id } = await world.project();
    const env = { URL: world.url, TOKEN: world.admin.token!, PROJECT: id };
    const printed = await client.run('program.mjs', env, runtime === 'Bun' ? bun : process.execPath);
    expect(printed.trim().split('\n')).toEqual([
      'UploadedImage',
      'UploadedImage',
      'websocket ProjectCountsChanged 1',
      'websocket ProjectCountsChanged 2',
      'sse ProjectCountsChanged 1',
      'sse ProjectCountsChanged 2',
    ]);
  });

  const watchPage = `<!doctype html><meta charset="utf-8"><input type="file" multiple><pre></pre>
    <script type="importmap">{ "imports": {
      "@exemplar/client": "/node_modules/@exemplar/client/dist/index.js", "graphql-ws": "/node_modules/graphql-ws/dist/client.js" } }</script>
    <script type="module">
      import { createExemplar } from '@exemplar/client';
      const { url, token, project } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
      const say = (line) => document.querySelector('pre').append(line + '\\n');
      document.querySelector('input').onchange = async ({ target }) => {
        for await (const result of createExemplar({ url, token }).images.upload(project, target.files))
          say(result.__typename + ' ' + result.fileName);
        say('uploaded');
      };
      for (const transport of ['websocket', 'sse'])
        void (async () => {
          for await (const event of createExemplar({ url, token, transport }).watchProject(project))
            say(transport + ' ' + event.__typename + ' ' + event.sequence);
        })();
    </script>`;

  test('uploads and watches in a browser', async ({ skip }) => {
    const browser = await openBrowser();
    if (!browser) return skip('there is no Chromium here');
    await client.write('page.html', watchPage);
    const pages = await servePages(client.directory);
    const { id } = await world.project();
    const proxy = await FlakyProxy.open(world.url);
    const page = await browser.newPage();
    const settings = new URLSearchParams({ url: proxy.url, token: world.admin.token!, project: id });
    await page.goto(`${pages.url}/page.html#${settings}`);
    await page
      .locator('input')
      .setInputFiles([0, 1, 2].map((number) => join(client.directory, `photos/cat/${number}.jpg`)));
    await page.getByText('uploaded').waitFor();
    proxy.breakAll();
    await world.tryUpload(id, [{ fileName: 'later.jpg', bytes: await drawPicture(5, 5) }]);
    const printed = page.locator('pre');
    // One event for each picture.
    for (const transport of ['websocket', 'sse'])
      await printed.getByText(`${transport} ProjectCountsChanged 4`).waitFor();
    const lines = (await printed.textContent())!.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('UploadedImage'))).toHaveLength(3);
    for (const transport of ['websocket', 'sse'])
      expect(lines.filter((line) => line.startsWith(transport)).map((line) => Number(line.split(' ')[2]))).toEqual([
        1, 2, 3, 4,
      ]);
    await browser.close();
    pages.close();
    await proxy.close();
  }, 120_000);

  const sample = (lines: readonly string[]) => `import { createExemplar, unknownMember } from '@exemplar/client';
    const exemplar = createExemplar({ url: '/', token: () => 'x' });
    const result = await exemplar.labels.create({ projectId: 'Project_x', name: 'cat' });
    switch (result.__typename) {
      ${lines.join('\n')}
      default: unknownMember(result);
    }
    export {};`;
  const cases = [
    'Label',
    'ConflictError',
    'LimitExceededError',
    'NotFoundError',
    'PermissionDeniedError',
    'ValidationError',
  ];
  const lines = cases.map((name) => `case '${name}': break;`);

  test.each(['nodenext', 'bundler'])(
    'is complete without the types of Node, also for module resolution %s',
    async (moduleResolution) => {
      await client.write('sample.ts', sample(lines));
      const module = moduleResolution === 'nodenext' ? 'nodenext' : 'esnext';
      expect(await client.check('sample.ts', { module, moduleResolution })).toBe('');
    },
  );

  test.each(cases)('does not compile without the case %s', async (missing) => {
    await client.write('sample.ts', sample(lines.filter((line) => !line.includes(`'${missing}'`))));
    const complaint = await client.check('sample.ts');
    expect(complaint).toMatch(/sample\.ts\(\d+,\d+\): error TS2345: .* is not assignable to parameter of type 'never'/);
    expect(complaint).toContain(`"${missing}"`);
  });

  test('takes no misspelt field, enum value or input', async () => {
    const wrong = [
      `exemplar.projects.create({ nmae: 'x' })`,
      `exemplar.projects.create({ name: 'x', type: 'MULTI' })`,
      `exemplar.labels.create({ name: 'x' })`,
      `(await exemplar.projects.get('x'))!.nmae`,
    ];
    for (const expression of wrong) {
      await client.write(
        'wrong.ts',
        `import { createExemplar } from '@exemplar/client';\nconst exemplar = createExemplar({ url: '/' });\nvoid (${expression});\nawait 0;`,
      );
      expect(await client.check('wrong.ts'), expression).toMatch(/wrong\.ts\(3,\d+\): error/);
    }
  });
});
