import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPicture } from '../../test/pictures.ts';
import { World } from '../../test/world.ts';
import { PackedClient } from './testing/packed-client.ts';

const document = await readFile(new URL('../../docs/typescript-client.md', import.meta.url), 'utf8');
const blocks = [...document.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block!);

describe('the packed client', () => {
  let world: World;
  let client: PackedClient;
  beforeAll(async () => {
    [world, client] = await Promise.all([World.open({ worker: true }), PackedClient.install()]);
    for (const [index, label] of ['cat', 'dog'].entries())
      for (let number = 0; number < 6; number++)
        await client.write(`photos/${label}/${number}.jpg`, await drawPicture(index, number));
  });
  afterAll(async () => {
    await world.close();
    await client.remove();
  });

  test('holds ESM, types and the manifest of its documents, and nothing else', async () => {
    const installed = join(client.directory, 'node_modules/@exemplar/client');
    const files = (await readdir(installed, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const kinds = new Set(files.map(({ name }) => name.replace(/^[^.]+(?=\.)/, '*')));
    expect([...kinds].sort()).toEqual(['*.d.ts', '*.js', '*.json', '*.md']);
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
    expect((await readFile(join(client.directory, 'pets.onnx'))).length).toBeGreaterThan(1000);
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
