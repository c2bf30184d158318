import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '#schema/index.ts';
import { zipBytes } from './archives.ts';
import { drawPicture } from './pictures.ts';
import { differencesFromShown, fillIn, linesNotPrinted, readRecipes, valueAt, type RecipeStep } from './recipes.ts';
import { World } from './world.ts';

const text = await readFile(new URL('../docs/api-cookbook.md', import.meta.url), 'utf8');
const recipes = readRecipes(text);
const setup = /^```sh\n(.*?)^```$/ms.exec(text)![1]!;
const userError = schema.getType('UserError');

/** Whether a type tells of a mistake: one itself, or what an item is that was refused. */
function isMistake(name: string): boolean {
  const type = schema.getType(name);
  if (!isObjectType(type)) return false;
  const error = type.getFields()['error'];
  return type.getInterfaces().some((one) => one === userError) || (!!error && getNamedType(error.type) === userError);
}

/** Every object of an answer that tells of a mistake. */
function mistakesIn(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  const { __typename: name } = value as { readonly __typename?: string };
  return name !== undefined && isMistake(name) ? [value] : Object.values(value).flatMap(mistakesIn);
}

const typeName = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

/** As printed, with the type of every object, so that mistakes can be told. */
const withTypeNames = (document: DocumentNode): string =>
  print(visit(document, { SelectionSet: (node) => ({ ...node, selections: [...node.selections, typeName] }) }));

describe('the cookbook', () => {
  let world: World;
  let folder: string;
  let receiver: Server;
  const received: string[] = [];
  const values = new Map<string, unknown>();
  let answer: unknown;

  beforeAll(async () => {
    world = await World.open({
      worker: true,
      environment: { EXEMPLAR_BASE_MODEL: '', EXEMPLAR_WEBHOOK_NETWORKS: '127.0.0.0/8' },
    });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-cookbook-'));
    receiver = createServer((request, response) => {
      received.push(String(request.headers['webhook-id']));
      request.resume();
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const write = async (path: string, content: Buffer) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    };
    for (const [index, name] of ['cat', 'dog', 'bird'].entries())
      await write(`${name}.jpg`, await drawPicture(index, 0));
    await write('new.jpg', await drawPicture(1, 99));
    for (let number = 1; number <= 8; number++) await write(`birds/${number}.jpg`, await drawPicture(2, number));
    const members = [];
    for (const [index, name] of ['cat', 'dog'].entries())
      for (let number = 1; number <= 20; number++)
        members.push({ path: `${name}/${number}.jpg`, content: await drawPicture(index, number), deflate: false });
    await write('pets.zip', await zipBytes(members));
  });
  afterAll(async () => {
    receiver?.close();
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const here = (script: string) =>
    script
      .replaceAll('http://127.0.0.1:4000', world.url)
      .replace('TOKEN=exm_...', `TOKEN=${world.admin.token}`)
      .replaceAll('https://hooks.example.com', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);

  /** A block as a reader would run it: after the helpers at the top, with what was kept. */
  const runShell = async (script: string): Promise<string> => {
    const known = Object.fromEntries([...values].map(([name, value]) => [name, String(value)]));
    const whole = here(`set -euo pipefail\n${setup}\n${script}`);
    const env = { PATH: process.env['PATH'], ...known };
    return (await promisify(execFile)('bash', ['-c', whole], { env, cwd: folder })).stdout;
  };

  const runStep = async (step: RecipeStep): Promise<void> => {
    if (step.kind === 'keep') return void values.set(step.name, valueAt(answer, step.path));
    if (step.kind === 'note') {
      const printed = (await runShell(step.script)).trim();
      return void values.set(step.name, /^\d+$/.test(printed) ? Number(printed) : printed);
    }
    if (step.kind === 'operation') {
      const variables = fillIn(JSON.parse(here(step.variables)), values);
      const document = parse(step.document);
      expect(validate(schema, document)).toEqual([]);
      answer = await world.admin.ask(withTypeNames(document), variables as Record<string, unknown>);
    } else {
      const printed = await runShell(step.script);
      answer = printed.startsWith('{') && printed.trim().split('\n').length === 1 ? JSON.parse(printed) : printed;
      if (typeof answer === 'object' && answer !== null && 'data' in answer) answer = answer.data;
      expect(printed).not.toMatch(/"errors":|"error":|Error"|Refused"/);
      if (step.printed !== undefined) expect(linesNotPrinted(printed, step.printed)).toEqual([]);
    }
    expect(mistakesIn(answer)).toEqual([]);
    if (step.answer !== undefined) expect(differencesFromShown(answer, JSON.parse(step.answer))).toEqual([]);
  };

  // Trainings wait for a processor where others use it, too.
  test.each(recipes)('$title', { timeout: 180_000 }, async ({ steps }) => {
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) await runStep(step);
  });

  test('has sent the webhook that it tells of', () => {
    expect(received.length).toBeGreaterThan(0);
  });

  test('asks for the mistakes of everything that may make one', () => {
    for (const step of recipes.flatMap(({ steps }) => steps)) {
      if (step.kind !== 'operation') continue;
      const info = new TypeInfo(schema);
      const document = parse(step.document);
      const typeOf = new Map(
        document.definitions.flatMap((one) =>
          one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.typeCondition.name.value]] : [],
        ),
      );
      visit(
        document,
        visitWithTypeInfo(info, {
          SelectionSet: (node) => {
            const type = info.getParentType();
            if (
              !isAbstractType(type) ||
              type === userError ||
              !schema.getPossibleTypes(type).some(({ name }) => isMistake(name))
            )
              return;
            const asks = node.selections.some((one) => {
              if (one.kind === Kind.FIELD) return false;
              const name =
                one.kind === Kind.FRAGMENT_SPREAD ? typeOf.get(one.name.value) : one.typeCondition?.name.value;
              // A fragment for all members is looked at where it stands.
              return name !== undefined && (name === 'UserError' || name === type.name || isMistake(name));
            });
            expect(asks, step.document).toBe(true);
          },
        }),
      );
    }
  });
});
