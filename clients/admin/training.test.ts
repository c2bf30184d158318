import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminCommand } from '../../test/admin-command.ts';
import { drawPicture } from '../../test/pictures.ts';
import { RestartableServer } from '../../test/restartable-server.ts';
import { TrainingWriter } from '../../test/training-writer.ts';
import { World, type TestProject } from '../../test/world.ts';

/** Until so many have tried to connect. */
async function refuseConnections(port: number, count: number): Promise<void> {
  const enough = Promise.withResolvers<void>();
  let tries = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {}).destroy();
    if (++tries === count) enough.resolve();
  });
  server.listen(port, '127.0.0.1');
  await enough.promise;
  server.close();
  await once(server, 'close');
}

/* Training from a terminal and from scripts. */
describe('exemplar', { timeout: 180_000 }, () => {
  let world: World;
  let folder: string;
  let exemplar: AdminCommand;
  let project: TestProject;
  let p: string[];
  beforeAll(async () => {
    world = await World.open({ worker: true });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-admin-'));
    exemplar = new AdminCommand(
      { EXEMPLAR_URL: world.url, EXEMPLAR_TOKEN: world.admin.token!, XDG_CONFIG_HOME: folder },
      folder,
    );
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    p = ['-p', project.name];
    for (const [number, name] of ['a.jpg', 'b.jpg'].entries())
      await writeFile(join(folder, name), await drawPicture(number, 200 + number));
    await writeFile(join(folder, 'text.jpg'), 'text');
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('says whether a training could start', async () => {
    expect(await exemplar.run(['ready', ...p, '--train-ratio', '0.6'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Ready: BALANCE(.*\n)*cat +3 +2 +0$/m),
    });
    const { name } = await world.project();
    const refused = await exemplar.run(['ready', '-p', name, '--json']);
    expect(refused.code).toBe(5);
    expect(JSON.parse(refused.stdout)).toMatchObject({ isReady: false, blockers: [{ code: 'TOO_FEW_CLASSES' }] });
    expect(await exemplar.run(['train', '-p', name])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('label'),
    });
  });

  test('trains and shows every line, then versions, evaluation and verification', async () => {
    const trained = await exemplar.run([
      'train',
      ...p,
      '--preference',
      'performance-first',
      '--seed',
      '7',
      '--save',
      '--watch',
    ]);
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    expect(trained.stdout).toMatch(/^project-1: training V001 on dataset version \S+$/m);
    expect(trained.stdout).toMatch(/^epoch +1\/\d+ +loss [\d.]+ +accuracy [\d.]+ % +macro F1 [\d.]+ %$/m);
    expect(trained.stdout).toMatch(/^COMPLETED \(CONVERGED\)$/m);
    expect(trained.stdout).toMatch(/^Model version V001$/m);
    expect(trained.stdout).toMatch(/^cat +\d+ +[\d.]+ % +[\d.]+ % +[\d.]+ %$/m);
    expect(trained.stdout).not.toContain('\u001b');
    expect((await exemplar.json(['project', 'show', project.name])).trainingConfig).toMatchObject({
      preference: 'PERFORMANCE_FIRST',
      seed: 7,
    });
    expect(await exemplar.json(['versions', ...p])).toMatchObject([
      { name: 'V001', evaluation: { imageCount: expect.any(Number) } },
    ]);
    expect((await exemplar.run(['trainings', ...p])).stdout).toMatch(
      /^V001 +COMPLETED \(CONVERGED\) +PERFORMANCE_FIRST/m,
    );
    const evaluated = await exemplar.json(['evaluate', '1', ...p, '--precision', '0.01']);
    expect(evaluated).toMatchObject({
      modelVersion: 'V001',
      split: 'VALIDATION',
      threshold: { threshold: expect.any(Number) },
    });
    expect((await exemplar.run(['evaluate', ...p])).stdout).toContain('actual \\ predicted');
    expect(await exemplar.run(['evaluate', ...p, '--split', 'test'])).toMatchObject({ code: 4 });
    expect(await exemplar.run(['evaluate', 'V009', ...p])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('V001'),
    });
    expect(await exemplar.run(['verify', 'v1', ...p, '--from-file'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the file is unchanged'),
    });
  });

  test('gives a JSON line for each event, and compares two versions', async () => {
    for (const [index, label] of project.labels.entries()) {
      const pictures = Array.from({ length: 5 }, async (_, number) => ({
        fileName: `later-${number}.jpg`,
        bytes: await drawPicture(index, 50 + number),
      }));
      const imageIds = await world.upload(project.id, await Promise.all(pictures));
      await world.annotate(
        project.id,
        imageIds.map((imageId) => ({ imageId, labelId: label.id })),
      );
    }
    const events = await exemplar.jsonLines([
      'train',
      ...p,
      '--test-ratio',
      '0.2',
      '--base-version',
      'V001',
      '--watch',
    ]);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ __typename: 'TrainingStateChanged', state: 'COMPLETED' });
    const replayed = await exemplar.jsonLines(['watch', 'V002', ...p, '--after', String(events.length - 1)]);
    expect(replayed).toEqual([events.at(-1)]);
    const compared = await exemplar.json(['compare', 'V001', 'V002', ...p]);
    expect(compared).toMatchObject({
      before: { version: { name: 'V001' } },
      after: { version: { name: 'V002' } },
      settings: expect.arrayContaining([{ name: 'testRatio', before: 0, after: 0.2 }]),
    });
    expect(compared.forgetting).toMatchObject([{ support: expect.any(Number) }, { recallAfter: expect.any(Number) }]);
    expect(compared.classes.map(({ labelName }: { labelName: string }) => labelName).sort()).toEqual(['cat', 'dog']);
    const { stdout } = await exemplar.run(['compare', 'V001', 'V002', ...p]);
    expect(stdout).toMatch(/^The data changed: /);
    expect(stdout).toMatch(/^baseVersionId: none -> V001$/m);
    expect(stdout).toContain('On the images that both were judged on, since V002 goes on from V001:');
    expect(stdout).toMatch(/^cat +[\d.]+ % +[\d.]+ % +(=|[+-][\d.]+) +\d+$/m);
    expect(stdout).toMatch(/^accuracy +[\d.]+ % +[\d.]+ % +(=|[+-][\d.]+)$/m);
    expect((await exemplar.json(['evaluate', 'V002', ...p, '--split', 'test'])).split).toBe('TEST');
  });

  test('predicts files with a version and with a deployment, and takes models away', async () => {
    const predicted = await exemplar.run([
      'predict',
      'a.jpg',
      'text.jpg',
      'b.jpg',
      ...p,
      '--version',
      'V001',
      '--top',
      '1',
    ]);
    expect(predicted.code).toBe(8);
    expect(predicted.stdout).toMatch(/^a\.jpg: cat +cat [\d.]+ %.*\ntext\.jpg: .*\nb\.jpg: dog +dog [\d.]+ %/);
    const exported = await exemplar.json(['export', 'V001', ...p, '--out', 'model.zip']);
    expect(exported).toMatchObject({ modelVersion: 'V001', file: 'model.zip', parity: expect.any(Number) });
    expect((await stat(join(folder, 'model.zip'))).size).toBe(exported.bytes);
    expect(await exemplar.run(['export', ...p, '--onnx'])).toMatchObject({ code: 0 });
    expect((await readFile(join(folder, `${project.name}-V002.onnx`))).length).toBeGreaterThan(1000);

    const made = await exemplar.json(['deploy', 'create', 'belt', 'V001', ...p, '--idle-stop-minutes', '30']);
    expect(made).toMatchObject({ name: 'belt', state: 'RUNNING', idleStopMinutes: 30, modelVersion: { name: 'V001' } });
    const answers = await exemplar.jsonLines(['predict', 'a.jpg', 'text.jpg', '--deployment', 'belt']);
    expect(answers).toMatchObject([
      { file: 'a.jpg', modelVersion: 'V001', predictedLabel: 'cat', decision: expect.any(String) },
      { file: 'text.jpg', error: { code: 'PICTURE_REFUSED' } },
    ]);
    const updated = await exemplar.run(['deploy', 'update', 'belt', ...p, '--candidate', 'V002', '--percent', '10']);
    expect(updated).toMatchObject({ code: 0, stdout: expect.stringContaining('beside it V002 10 %') });
    expect(await exemplar.run(['deploy', 'update', 'belt', '--percent', '10'])).toMatchObject({ code: 2 });
    await exemplar.json([
      'deploy',
      'update',
      'belt',
      ...p,
      '--version',
      'V002',
      '--candidate',
      'none',
      '--idle-stop-minutes',
      'never',
    ]);
    expect((await exemplar.run(['deploy', 'list', ...p])).stdout).toMatch(/^belt +RUNNING +V002/m);
    expect((await exemplar.run(['deploy', 'rollback', 'belt'])).stdout).toBe('belt answers with V001.\n');
    const { stdout: token } = await exemplar.run(['deploy', 'token', 'belt', 'belt 3']);
    const asToken = { environment: { EXEMPLAR_TOKEN: token.trim() } };
    expect((await exemplar.run(['predict', 'a.jpg', '--deployment', 'belt'], asToken)).code).toBe(0);
    expect(await exemplar.run(['deploy', 'stop', 'belt'])).toMatchObject({ code: 0 });
    expect(await exemplar.run(['predict', 'a.jpg', '--deployment', 'belt'])).toMatchObject({ code: 5 });
    expect(await exemplar.run(['deploy', 'start', 'belt'])).toMatchObject({ code: 0 });
    expect((await exemplar.run(['deploy', 'show', 'belt'])).stdout).toMatch(/^1 +DEPLOYED +V001/m);
    expect(await exemplar.run(['deploy', 'delete', 'belt', '--yes'])).toMatchObject({ code: 0 });
    expect(await exemplar.run(['deploy', 'show', 'belt'])).toMatchObject({ code: 4 });
  });

  test('redraws a bar and a table of classes in place on a terminal', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('script(1) is called otherwise here');
    const { stdout } = await exemplar.onTerminal(['train', ...p, '--watch']).ended;
    // Lines are gone back over, and what was there is erased.
    expect(stdout.replaceAll('\u001b', 'ESC')).toMatch(/ESC\[\d+A\rESC\[J/);
    const text = stripVTControlCharacters(stdout).replaceAll('\r', '');
    expect(text).toMatch(/^V003 {2}RUNNING/m);
    expect(text).toMatch(/^learning +.*\d+\/\d+ steps/m);
    expect(text).toMatch(/^cat +\d+ +[\d.]+ %/m);
    expect(text).toMatch(/^Model version V003$/m);
  });
});

describe('exemplar without a worker', { timeout: 180_000 }, () => {
  let world: World;
  let folder: string;
  let exemplar: AdminCommand;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: 'nobody' });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-admin-'));
    exemplar = new AdminCommand(
      { EXEMPLAR_URL: world.url, EXEMPLAR_TOKEN: world.admin.token!, XDG_CONFIG_HOME: folder },
      folder,
    );
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('leaves a training alone when Ctrl-C ends the watching, and says so', async () => {
    const watching = exemplar.start(['train', '-p', project.name, '--watch']);
    await watching.said('QUEUED');
    watching.child.kill('SIGINT');
    const { code, stderr } = await watching.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^V001 goes on\. To see it again: exemplar watch Training_\S+; to end it: exemplar stop /);
    if (process.platform === 'linux') {
      const onTerminal = exemplar.onTerminal(['watch', '-p', project.name]);
      await onTerminal.said('V001  QUEUED');
      // As the terminal does it.
      onTerminal.child.stdin!.write('\u0003');
      expect(await onTerminal.ended).toMatchObject({ code: 130, stdout: expect.stringContaining('V001 goes on.') });
    }
    const [training] = await exemplar.json(['trainings', '-p', project.name]);
    expect(training).toMatchObject({ versionName: 'V001', state: 'QUEUED', isFinished: false });
    expect(await exemplar.json(['queue'])).toMatchObject([
      { project: project.name, kind: 'training', version: 'V001', state: 'QUEUED', position: 1, flavor: 'cpu' },
    ]);
    expect((await exemplar.run(['queue'])).stdout).toMatch(/V001 +QUEUED +cpu/);
    // The one that watches hears of the end that another one asked for.
    const other = exemplar.start(['watch', training.id]);
    await other.said('QUEUED');
    expect(await exemplar.run(['cancel', 'V001', '-p', project.name])).toMatchObject({ code: 0 });
    expect(await other.ended).toMatchObject({ code: 7, stdout: expect.stringContaining('CANCELLED') });
    expect(await exemplar.run(['stop', 'V001', '-p', project.name])).toMatchObject({ code: 5 });
    expect((await exemplar.run(['queue'])).stdout).toBe('Nothing waits and nothing runs.\n');
  });

  test('tells once that the server is away, however often it is tried, and goes on', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(project.id);
    const writer = await TrainingWriter.claim(world.platform, id);
    const server = await RestartableServer.open(world);
    const watching = exemplar.start(['watch', id], { environment: { EXEMPLAR_URL: server.url } });
    await watching.said('PREPARING');
    await server.stop();
    await writer.lines(3);
    await refuseConnections(Number(new URL(server.url).port), 3);
    await server.start();
    await watching.said('3.........');
    await writer.end();
    const { code, stderr } = await watching.ended;
    expect(code).toBe(7);
    expect(stderr.match(/The connection broke/g)).toHaveLength(1);
    await server.stop();
  });

  test('leaves an import alone when Ctrl-C ends the waiting, and says so', async () => {
    await writeFile(join(folder, 'labels.csv'), 'file,label\ncat-0.jpg,tiger\n');
    const waiting = exemplar.start(['images', 'import', 'labels.csv', '-p', project.name]);
    await waiting.said('waiting for a worker');
    waiting.child.kill('SIGINT');
    const { code, stderr } = await waiting.ended;
    expect(code).toBe(130);
    const [, id] = /^It goes on\. To see it again: exemplar watch (ImageImport_\S+); to end it: /.exec(stderr)!;
    expect(await exemplar.json(['queue'])).toMatchObject([{ id, kind: 'ImageImport', state: 'QUEUED' }]);
    expect(await exemplar.run(['cancel', id!])).toMatchObject({ code: 0 });
    expect(await exemplar.run(['watch', id!])).toMatchObject({ code: 7, stderr: expect.stringContaining('cancelled') });
  });

  test('says that nobody has offered a base model and that no worker is alive, and shows what waits', async () => {
    const { versionName } = await world.startTraining(project.id);
    expect((await exemplar.run(['queue'])).stdout).toMatch(new RegExp(`${versionName} +QUEUED +cpu +.* a worker `));
    const { code, stdout } = await exemplar.run(['doctor']);
    expect(code).toBe(9);
    expect(stdout).toMatch(/^BAD +flavor cpu +no worker is alive, and 1 training waits for one\n +Start one: /m);
    expect(stdout).toMatch(/^BAD +base models +no worker has offered any\n +No worker has been there yet/m);
  });
});
