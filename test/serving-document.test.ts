import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, trainedProject, type Selected, type TrainedProject } from './deployments.ts';
import { drawPicture } from './pictures.ts';
import { World } from './world.ts';

const run = promisify(execFile);
const text = await readFile(new URL('../docs/serving.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block!);

describe('the document of serving', () => {
  let world: World;
  let project: TrainedProject;
  let deployment: Selected;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await trainedProject(world);
    deployment = await deploy(world, project.id, { modelVersionId: project.versions[0]!, name: 'sorting-belt' });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-serving-'));
    for (const [number, name] of ['a.jpg', 'b.jpg'].entries())
      await writeFile(join(folder, name), await drawPicture(number, number));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('calls with curl, in all forms, as shown', async () => {
    const script = blocks('sh')
      .join('\n')
      .replaceAll('http://127.0.0.1:4000', world.url)
      .replace('TOKEN=exm_...', `TOKEN=${world.admin.token}`)
      .replace('0198f000-0000-7000-8000-000000000000', deployment.id.replace('Deployment_', ''))
      .replace('0198f000-0000-7000-8000-000000000001', project.id.replace('Project_', ''))
      .replaceAll('curl ', 'curl -sS ');
    const { stdout } = await run('bash', ['-euc', script], { env: { PATH: process.env['PATH'] }, cwd: folder });
    const answers: Selected[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toEqual([
      expect.objectContaining({ results: [expect.anything(), expect.anything()] }),
      expect.objectContaining({ results: [expect.objectContaining({ decision: expect.any(String) })] }),
      expect.objectContaining({ results: [expect.objectContaining({ fileName: 'a.jpg' })] }),
      { predicted_label: expect.any(String), scores: [expect.any(Array), expect.any(Array)] },
      expect.objectContaining({ predictions: [expect.anything(), expect.anything()] }),
    ]);
  });

  test('shows operations that the contract has', async () => {
    const schema = buildSchema(await readFile(new URL('../schema/schema.graphql', import.meta.url), 'utf8'));
    const operations = blocks('graphql');
    expect(operations).toHaveLength(4);
    for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
  });
});
