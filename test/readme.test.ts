import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { getNamedType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { World } from './world.ts';

const run = promisify(execFile);
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  let world: World;
  let training: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    training = (await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST' })).id;
  });
  afterAll(() => world.close());

  /** A shell block as printed, with the address of this server and with what the reader is to fill in. */
  const runBlock = async (sign: string): Promise<string> => {
    const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    const block = blocks.find((text) => text.includes(sign))!;
    const values = { TOKEN: world.admin.token!, TRAINING: training };
    const filled = block.replace(
      /^(TOKEN|TRAINING)=\S+/m,
      (_line, name: keyof typeof values) => `${name}=${values[name]}`,
    );
    expect(filled).not.toBe(block);
    const script = filled.replaceAll('http://127.0.0.1:4000', world.url);
    return (await run('bash', ['-euc', script], { env: { PATH: process.env['PATH'], TOKEN: values.TOKEN } })).stdout;
  };

  test('makes a project with curl', async () => {
    expect(JSON.parse(await runBlock('createProject'))).toEqual({
      data: { createProject: { __typename: 'Project', id: expect.stringMatching(/^Project_/) } },
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
