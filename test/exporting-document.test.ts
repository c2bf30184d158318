import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEnumType, isInputObjectType } from 'graphql';
import { readExport } from './read-export.ts';
import { schema } from '#schema/index.ts';
import { ArchiveFolder } from './archives.ts';
import { World, type TestProject } from './world.ts';

const text = await readFile(new URL('../docs/exporting.md', import.meta.url), 'utf8');

describe('the document of exports', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await world.project({ labels: ['cat', 'dog'], images: 2 });
  });
  afterAll(() => world.close());

  /** What a shell block answers, with the address of this server and what the reader is to fill in. */
  const runBlock = async (number: number, values: Record<string, string>): Promise<string> => {
    const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    const script = blocks[number]!.replace(
      /^([A-Z]+)=\S+/m,
      (_line, name: string) => `${name}=${values[name]}`,
    ).replaceAll('http://127.0.0.1:4000', world.url);
    const env = { PATH: process.env['PATH'], TOKEN: world.admin.token };
    return (await promisify(execFile)('bash', ['-euc', script], { env })).stdout;
  };

  test('exports with curl', async () => {
    const started = JSON.parse(await runBlock(0, { PROJECT: project.id }));
    const EXPORT = started.data.startExport.id as string;
    expect(await runBlock(1, { EXPORT })).toContain('"state":"COMPLETED"');
    const { transfer } = JSON.parse(await runBlock(2, { EXPORT })).data;
    expect(transfer).toMatchObject({
      imageCount: 4,
      losses: [{ kind: 'ANNOTATED_BY', count: 4 }, { kind: 'CREATED_AT' }],
    });
    const archive = Buffer.from(await (await fetch(transfer.downloadUrl)).arrayBuffer());
    await using folder = await ArchiveFolder.create();
    const { format, items, pictures } = await readExport(await folder.file(archive));
    expect({ format, items: items.length, pictures: pictures.size }).toEqual({ format: 'CSV', items: 4, pictures: 4 });
  });

  test('lists every input and every format', () => {
    const rows = [...text.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    const input = schema.getType('StartExportInput');
    if (!isInputObjectType(input)) throw new Error('StartExportInput is no input');
    expect(rows.sort()).toEqual(Object.keys(input.getFields()).sort());
    const formats = schema.getType('ExportFormat');
    if (!isEnumType(formats)) throw new Error('ExportFormat is no enum');
    for (const { name } of formats.getValues()) {
      expect(text).toMatch(new RegExp(`^${name} +`, 'm'));
      expect(text).toContain(`\`${name}\``);
    }
  });
});
