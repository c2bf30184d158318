import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { drawPicture } from './pictures.ts';
import { World, type TestProject } from './world.ts';

const run = promisify(execFile);
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  let world: World;
  let project: TestProject;
  let training: string;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-readme-'));
    training = (await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST' })).id;
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A shell block as printed, with the address of this server and with what the reader is to fill in. */
  const runBlock = async (sign: string): Promise<string> => {
    const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    const block = blocks.find((text) => text.includes(sign))!;
    const values = { TOKEN: world.admin.token!, TRAINING: training, PROJECT: project.id };
    const filled = block.replace(
      /^(TOKEN|TRAINING|PROJECT)=\S+/m,
      (_line, name: keyof typeof values) => `${name}=${values[name]}`,
    );
    expect(filled).not.toBe(block);
    const script = filled.replaceAll('http://127.0.0.1:4000', world.url);
    const env = { PATH: process.env['PATH'], TOKEN: values.TOKEN };
    return (await run('bash', ['-euc', script], { env, cwd: folder })).stdout;
  };

  test('makes a project with curl', async () => {
    expect(JSON.parse(await runBlock('createProject'))).toEqual({
      data: { createProject: { __typename: 'Project', id: expect.stringMatching(/^Project_/) } },
    });
  });

  test('brings pictures with curl', async () => {
    for (const [number, name] of ['a.jpg', 'b.jpg'].entries())
      await writeFile(join(folder, name), await drawPicture(0, 50 + number));
    expect(JSON.parse(await runBlock('/images'))).toMatchObject({
      results: [
        { fileName: 'a.jpg', outcome: 'CREATED' },
        { fileName: 'b.jpg', outcome: 'CREATED' },
      ],
    });
  });

  test('watches a training with curl, to its end', async () => {
    const stream = await runBlock('trainingEvents');
    expect(stream).toContain('"sequence":1,');
    expect(stream).toMatch(/"__typename":"TrainingEpochCompleted","epoch":1,"loss":[\d.]+,"metrics":\{"accuracy":/);
    expect(stream).toContain('event: complete');
  });

  test('names only fields and arguments that there are', () => {
    const names = new Set(['query', 'mutation', 'subscription']);
    for (const type of Object.values(schema.getTypeMap()).map(getNamedType))
      if (isObjectType(type) || isInterfaceType(type))
        for (const field of Object.values(type.getFields()))
          for (const one of [field, ...field.args]) names.add(one.name);
      else if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    const rows = readme.split('\n').filter((line) => /^\| [a-z]/.test(line) && !/^\| *(to do|variable) /.test(line));
    const code = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, text]) => text!));
    const words = code.flatMap((text) => text.match(/[a-z]\w*/gi) ?? []);
    expect(words).toContain('trainingReadiness');
    expect(words.filter((word) => !names.has(word) && word !== 'connection_init')).toEqual([]);
  });
});
