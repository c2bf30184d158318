import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { TrainingWriter } from './training-writer.ts';
import { World } from './world.ts';

const run = promisify(execFile);
const text = await readFile(new URL('../docs/events.md', import.meta.url), 'utf8');
const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text)![1]!;

type WatchTraining = (options: {
  url: string;
  token: string;
  trainingId: string;
  onEvent: (event: { sequence: number }) => void;
  onEnd: (errors?: unknown) => void;
}) => void;

describe('the document of the event streams', () => {
  let world: World;
  let id: string;
  beforeAll(async () => {
    world = await World.open();
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    ({ id } = await world.startTraining(project.id));
    const writer = await TrainingWriter.claim(world.platform, id);
    await writer.lines(5);
    await writer.end();
  });
  afterAll(() => world.close());

  test('watches with curl as shown', async () => {
    const script = block('sh').replaceAll('http://127.0.0.1:4000', world.url);
    const env = { PATH: process.env['PATH'], TOKEN: world.admin.token, TRAINING: id };
    const { stdout } = await run('bash', ['-euc', script], { env });
    expect([...stdout.matchAll(/"sequence":(\d+)/g)].map(([, sequence]) => Number(sequence))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(stdout).toContain('event: complete\ndata:');
  });

  test('watches in a browser as shown, and hears what is wrong', async () => {
    // oxlint-disable-next-line typescript/no-implied-eval -- the code under test is that of the document
    const watchTraining = new Function(`${block('js')}; return watchTraining`)() as WatchTraining;
    const watch = (token: string) =>
      new Promise<[number[], unknown]>((resolve) => {
        const sequences: number[] = [];
        watchTraining({
          url: `${world.url.replace('http', 'ws')}/graphql`,
          token,
          trainingId: id,
          onEvent: ({ sequence }) => sequences.push(sequence),
          onEnd: (errors) => resolve([sequences, errors]),
        });
      });
    expect(await watch(world.admin.token!)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], undefined]);
    expect(await watch('exm_wrong')).toEqual([[], [{ message: 'Forbidden' }]]);
    const [, errors] = await watch((await world.user()).token!);
    expect(errors).toMatchObject([{ extensions: { userErrorCode: 'NOT_FOUND' } }]);
  });

  test('polls as shown', async () => {
    const { training } = await world.admin.ask(block('graphql'), { id });
    expect(training).toMatchObject({
      state: 'CANCELLED',
      events: { pageInfo: { endCursor: '8', hasNextPage: false } },
    });
  });

  test.each(['TrainingEvent', 'TransferEvent', 'ProjectEvent'])(
    'lists every kind of %s with all its fields',
    (name) => {
      const type = schema.getType(name);
      if (!isInterfaceType(type)) throw new Error(`${name} is no interface`);
      const common = Object.keys(type.getFields());
      for (const object of schema.getPossibleTypes(type)) {
        const row = text.split('\n').find((line) => line.startsWith(`| \`${object.name}\``));
        const [, , fields] = row!.split('|');
        const own = Object.keys(object.getFields())
          .filter((field) => !common.includes(field))
          .sort();
        const listed = [...fields!.matchAll(/`(\w+)`/g)].map(([, field]) => field!).sort();
        expect([object.name, ...listed]).toEqual([object.name, ...own]);
      }
      expect(
        [...text.matchAll(/^\| `(\w+)`/gm)]
          .map(([, listed]) => listed!)
          .filter((listed) => !isObjectType(schema.getType(listed))),
      ).toEqual([]);
    },
  );
});
