import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminCommand } from '../../test/admin-command.ts';
import { zipBytes } from '../../test/archives.ts';
import { drawPicture } from '../../test/pictures.ts';
import { World } from '../../test/world.ts';

/* The command as people and scripts start it: who, projects, labels, images, trash. What trains is in training.test.ts. */
describe('exemplar', { timeout: 180_000 }, () => {
  let world: World;
  let folder: string;
  let exemplar: AdminCommand;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-admin-'));
    exemplar = new AdminCommand(
      { EXEMPLAR_URL: world.url, EXEMPLAR_TOKEN: world.admin.token!, XDG_CONFIG_HOME: folder },
      folder,
    );
    for (const [index, label] of ['cat', 'dog'].entries()) {
      await mkdir(join(folder, 'pets', label), { recursive: true });
      for (let number = 0; number < 3; number++)
        await writeFile(join(folder, 'pets', label, `${label}-${number}.jpg`), await drawPicture(index, number));
    }
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('logs in once, keeps the token for that server alone and readable by nobody else', async () => {
    const nobody = new AdminCommand({ XDG_CONFIG_HOME: join(folder, 'config') }, folder);
    const { code, stdout } = await nobody.run(['login', world.url], { stdin: `${world.admin.token}\n` });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('as administrator') });
    const file = join(folder, 'config/exemplar/login.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url: world.url, token: world.admin.token });
    expect((await nobody.run(['whoami'])).stdout).toBe(`administrator (administrator) at ${world.url}\n`);
    const [host, elsewhere] = [new URL(world.url), 'http://localhost'];
    const other = await nobody.run(['whoami'], { environment: { EXEMPLAR_URL: `${elsewhere}:${host.port}` } });
    expect(other).toMatchObject({ code: 3, stderr: expect.stringContaining('exemplar login') });
    const wrong = { environment: { EXEMPLAR_TOKEN: 'exm_wrong' } };
    expect(await nobody.run(['whoami'], wrong)).toMatchObject({ code: 3 });
    expect(await nobody.run(['login', world.url], { stdin: 'exm_wrong' })).toMatchObject({ code: 3 });
    expect(await nobody.run(['login', world.url])).toMatchObject({ code: 2, stderr: 'No token was given.\n' });
    expect((await nobody.json(['whoami'])).user.name).toBe('administrator');
    expect(await nobody.run(['logout'])).toMatchObject({ code: 0 });
    expect(await nobody.run(['whoami'], { environment: { EXEMPLAR_URL: world.url } })).toMatchObject({ code: 3 });
    await mkdir(join(folder, 'config/exemplar'), { recursive: true });
    await writeFile(file, 'damaged');
    expect(await nobody.run(['whoami'])).toMatchObject({ code: 2, stderr: expect.stringContaining('is damaged') });
  });

  test('says what is wrong with a command line, and what there is', async () => {
    expect(await exemplar.run(['projct'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean project?'),
    });
    expect(await exemplar.run(['train', '--preference', 'best'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('accuracy-first, balance, performance-first'),
    });
    expect(await exemplar.run(['train', '--max-duration-minutes', '5'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('from 6 to 6000'),
    });
    expect(await exemplar.run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit codes:') });
    expect(await exemplar.run(['images', 'list', '-p', 'nowhere'])).toMatchObject({ code: 4, stdout: '' });
    const failed = await exemplar.run(['project', 'show', 'nowhere', '--json']);
    expect(failed).toMatchObject({ code: 4, stdout: '' });
    expect(JSON.parse(failed.stderr)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const mistyped = await exemplar.run(['project', 'shwo', 'nowhere', '--json']);
    expect(mistyped).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(mistyped.stderr)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringContaining('shwo') },
    });
    const unreachable = { environment: { EXEMPLAR_URL: 'http://127.0.0.1:1' } };
    expect(await exemplar.run(['project', 'list'], unreachable)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('exemplar doctor'),
    });
  });

  test('makes, shows, shares and deletes projects', async () => {
    const made = await exemplar.json([
      'project',
      'create',
      'scenes',
      '--type',
      'multi-label',
      '--description',
      'of towns',
    ]);
    expect(made).toMatchObject({ name: 'scenes', type: 'MULTI_LABEL', description: 'of towns' });
    expect(await exemplar.run(['project', 'create', 'scenes'])).toMatchObject({ code: 5 });
    expect(await exemplar.run(['project', 'create', '1'])).toMatchObject({ code: 2 });
    expect((await exemplar.json(['project', 'list'])).map(({ name }: { name: string }) => name)).toContain('scenes');
    expect((await exemplar.run(['project', 'list'])).stdout).toMatch(/^scenes +MULTI_LABEL +0 +0 /m);
    const user = await exemplar.json(['user', 'create', 'anna', '--token', 'script']);
    expect(user).toMatchObject({ name: 'anna', isAdministrator: false, token: expect.stringMatching(/^exm_/) });
    const members = await exemplar.json(['project', 'member', 'scenes', user.id, 'editor']);
    expect(members).toMatchObject([{ role: 'OWNER' }, { userName: 'anna', role: 'EDITOR' }]);
    const anna = { environment: { EXEMPLAR_TOKEN: user.token } };
    // The only project that she may see needs no name.
    expect(await exemplar.json(['label', 'create', 'tower'], anna)).toMatchObject([{ name: 'tower' }]);
    expect(await exemplar.run(['project', 'delete', 'scenes', '--yes'], anna)).toMatchObject({ code: 3 });
    expect((await exemplar.run(['project', 'show', made.id])).stdout).toMatch(/^anna +EDITOR +User_/m);
    expect(await exemplar.json(['project', 'member', 'scenes', 'anna', 'none'])).toMatchObject([{ role: 'OWNER' }]);
    const unasked = await exemplar.run(['project', 'delete', 'scenes']);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await exemplar.json(['project', 'delete', 'scenes', '--yes'])).toMatchObject({ id: made.id });
    expect(await exemplar.run(['project', 'show', 'scenes'])).toMatchObject({ code: 4 });
  });

  test('asks on a terminal: for the token, which is not shown, and before what cannot be undone', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('script(1) is called otherwise here');
    const { name } = await world.project();
    const asked = exemplar.onTerminal(['project', 'delete', name]);
    await asked.said('for good?');
    asked.child.stdin!.write('n');
    expect(await asked.ended).toMatchObject({ code: 2, stdout: expect.stringContaining('Nothing was done.') });
    const again = exemplar.onTerminal(['project', 'delete', name]);
    await again.said('for good?');
    again.child.stdin!.write('y');
    expect(await again.ended).toMatchObject({ code: 0, stdout: expect.stringContaining(`${name} is gone.`) });
    const login = exemplar.onTerminal(['login', world.url], { XDG_CONFIG_HOME: join(folder, 'asked') });
    await login.said('Access token');
    login.child.stdin!.write(`${world.admin.token}\r`);
    const { code, stdout } = await login.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('as administrator') });
    expect(stdout).not.toContain(world.admin.token!.slice(4));
    expect((await stat(join(folder, 'asked/exemplar/login.json'))).mode & 0o777).toBe(0o600);
  });

  test('makes, renames and deletes labels', async () => {
    const { name } = await world.project();
    const made = await exemplar.json(['label', 'create', 'Rose', 'tulip', '-p', name]);
    expect(made).toMatchObject([{ name: 'Rose' }, { name: 'tulip' }]);
    expect(await exemplar.run(['label', 'rename', 'Rose', 'rose', '-p', name])).toMatchObject({
      code: 0,
      stdout: 'Rose is rose now.\n',
    });
    const environment = { EXEMPLAR_PROJECT: name };
    expect((await exemplar.run(['label', 'list'], { environment })).stdout).toMatch(/^rose +#\w{6} +0$/m);
    expect(await exemplar.run(['label', 'delete', 'rose', '-p', name])).toMatchObject({ code: 0 });
    expect(await exemplar.json(['label', 'list', '-p', name])).toMatchObject([{ name: 'tulip' }]);
    expect(await exemplar.run(['label', 'delete', 'rose', '-p', name])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('There is tulip.'),
    });
    expect((await exemplar.run(['trash', 'restore', 'rose', '-p', name])).stdout).toBe('rose is back.\n');
  });

  test('imports a folder, a preview first, and says what was refused', async () => {
    const { id, name } = await world.project();
    await writeFile(join(folder, 'pets/dog/no picture – ä.jpg'), 'text');
    const preview = await exemplar.run(['images', 'import', 'pets', '-p', name, '--preview']);
    expect(preview.stdout).toMatch(/^CLASS_FOLDERS: .*\n7 pictures, 7 of them with a label\n/m);
    expect((await exemplar.json(['images', 'list', '-p', name])).length).toBe(0);
    const imported = await exemplar.run(['images', 'import', 'pets', '-p', name]);
    expect(imported).toMatchObject({
      code: 8,
      stdout: expect.stringContaining(
        `${name}: 6 new images, 0 that were there, 0 labelled by name, 0 skipped, 1 refused; 2 new labels.`,
      ),
    });
    expect(imported.stdout).toContain('dog/no picture – ä.jpg: ');
    await rm(join(folder, 'pets/dog/no picture – ä.jpg'));
    const again = await exemplar.json(['images', 'import', 'pets', '-p', name]);
    expect(again).toMatchObject({ state: 'COMPLETED', counts: { created: 0, duplicate: 6 }, refused: [] });
    const { project } = await world.admin.ask('query ($id: ID!) { project(id: $id) { labelledImageCount } }', { id });
    expect(project.labelledImageCount).toBe(6);
    expect(await exemplar.run(['images', 'import', '-p', name])).toMatchObject({ code: 2 });
    expect(await exemplar.run(['images', 'import', 'nowhere', '-p', name])).toMatchObject({ code: 2 });
    await writeFile(join(folder, 'bad.zip'), 'no archive');
    expect(await exemplar.run(['images', 'import', 'bad.zip', '-p', name])).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('It failed: '),
    });
  });

  test('uploads, lists by all filters, annotates, deletes and restores images', async () => {
    const { name } = await world.project({ labels: ['cat', 'dog'] });
    const p = ['-p', name];
    await writeFile(join(folder, 'text.jpg'), 'text');
    const uploaded = await exemplar.jsonLines([
      'images',
      'upload',
      'pets/cat',
      'text.jpg',
      ...p,
      '--label',
      'cat',
      '--group',
      'g',
    ]);
    expect(uploaded).toMatchObject([
      { fileName: 'cat-0.jpg', outcome: 'CREATED', imageId: expect.stringMatching(/^Image_/) },
      { outcome: 'CREATED' },
      { outcome: 'CREATED' },
      { fileName: 'text.jpg', outcome: 'REFUSED', code: 'PICTURE_REFUSED' },
    ]);
    expect(await exemplar.run(['images', 'upload', 'pets', ...p])).toMatchObject({
      code: 0,
      stdout: `${name}: 3 new images, 3 that were there, 0 refused.\n`,
    });
    const list = async (...filter: string[]): Promise<{ id: string; fileName: string }[]> =>
      exemplar.json(['images', 'list', ...p, ...filter]);
    const names = async (...filter: string[]) => (await list(...filter)).map(({ fileName }) => fileName).sort();
    expect(await names('--unlabelled')).toEqual(['dog-0.jpg', 'dog-1.jpg', 'dog-2.jpg']);
    expect(await names('--label', 'cat', '--group', 'g')).toEqual(['cat-0.jpg', 'cat-1.jpg', 'cat-2.jpg']);
    expect((await list('--order', 'file-name', '--reverse', '--limit', '1'))[0]!.fileName).toBe('dog-2.jpg');
    expect(await names('--contains', 'G-1')).toEqual(['dog-1.jpg']);
    expect(await names('--before', '2020-01-01')).toEqual([]);
    const dogs = (await list('--unlabelled')).map(({ id }) => id);
    const annotated = await exemplar.run(['annotate', '-', ...p, '--label', 'dog'], { stdin: dogs.join('\n') });
    expect(annotated).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(dog-\d\.jpg: dog\n){3}$/) });
    const unknown = 'Image_00000000-0000-7000-8000-000000000000';
    const cleared = await exemplar.run(['annotate', dogs[0]!, unknown, ...p, '--clear', '--json']);
    expect(cleared.code).toBe(8);
    expect(
      cleared.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { imageId: dogs[0], labels: [] },
      { imageId: unknown, code: 'NOT_FOUND' },
    ]);
    expect(await exemplar.run(['annotate', dogs[0]!, ...p])).toMatchObject({ code: 2 });
    expect(await exemplar.run(['images', 'delete', ...dogs, ...p])).toMatchObject({
      stdout: '3 images are in the trash.\n',
    });
    expect((await exemplar.run(['trash', 'list', ...p])).stdout).toMatch(/^dog-\d\.jpg .*administrator/m);
    const restored = await exemplar.run(['trash', 'restore', dogs[0]!, unknown, ...p]);
    expect(restored).toMatchObject({ code: 8, stdout: expect.stringContaining('is back.') });
    expect(await exemplar.run(['trash', 'empty', ...p])).toMatchObject({ code: 2 });
    expect(await exemplar.run(['trash', 'empty', ...p, '--yes'])).toMatchObject({ code: 0 });
    expect(await exemplar.json(['trash', 'list', ...p])).toEqual([]);
    expect(await exemplar.run(['images', 'delete', dogs[0]!, ...p, '--for-good', '--yes'])).toMatchObject({ code: 0 });
  });

  test('exports what is there, and copies a project with its images', async () => {
    const { name } = await world.project({ labels: ['cat', 'dog'], images: 2 });
    const exported = await exemplar.json(['images', 'export', '-p', name, '--format', 'csv', '--out', 'all.zip']);
    expect(exported).toMatchObject({ state: 'COMPLETED', imageCount: 4, file: 'all.zip' });
    expect((await stat(join(folder, 'all.zip'))).size).toBe(exported.byteSize);
    const copied = await exemplar.json(['project', 'copy', name, 'copied', '--images']);
    expect(copied).toMatchObject({ name: 'copied', imageCount: 4, labelledImageCount: 4 });
    expect((await exemplar.run(['label', 'list', '-p', 'copied'])).stdout).toMatch(/^dog .* 2$/m);
    const plain = await exemplar.run(['project', 'copy', name, 'copied-2']);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('with 0 images') });
  });

  test('imports documents for pictures that are there, on behalf of scripts that do not wait', async () => {
    const { name } = await world.project({ labels: ['cat'], images: 1 });
    await writeFile(join(folder, 'labels.csv'), 'file,label\ncat-0.jpg,tiger\n');
    const started = await exemplar.json([
      'images',
      'import',
      'labels.csv',
      '-p',
      name,
      '--existing',
      'replace',
      '--detach',
    ]);
    const ended = await exemplar.json(['watch', started.id]);
    expect(ended).toMatchObject({ state: 'COMPLETED', counts: { labelled: 1 } });
    expect(await exemplar.run(['cancel', started.id])).toMatchObject({ code: 5 });
    expect(await exemplar.run(['watch', 'ImageImport_00000000-0000-7000-8000-000000000000'])).toMatchObject({
      code: 4,
    });
    await writeFile(
      join(folder, 'one.zip'),
      await zipBytes([{ path: 'owl/1.jpg', content: await drawPicture(2, 1), deflate: false }]),
    );
    expect(await exemplar.run(['images', 'import', 'one.zip', '-p', name])).toMatchObject({ code: 0 });
  });

  test('makes, lists and revokes tokens', async () => {
    const { stdout } = await exemplar.run(['token', 'create', 'nightly', '--expires', '2099-01-01']);
    expect(stdout).toMatch(/^exm_\S+\n$/);
    const token = { environment: { EXEMPLAR_TOKEN: stdout.trim() } };
    expect(await exemplar.run(['whoami'], token)).toMatchObject({ code: 0 });
    expect((await exemplar.run(['token', 'list'])).stdout).toMatch(/^nightly .* 2099-01-01 00:00 .*AccessToken_/m);
    expect(await exemplar.run(['token', 'revoke', 'nightly'])).toMatchObject({
      code: 0,
      stdout: 'nightly is revoked.\n',
    });
    expect(await exemplar.run(['whoami'], token)).toMatchObject({ code: 3 });
    expect(await exemplar.run(['token', 'revoke', 'nightly'])).toMatchObject({ code: 4 });
    expect(await exemplar.run(['user', 'create', 'bob'])).toMatchObject({ code: 0 });
    expect(await exemplar.run(['user', 'create', 'bob'])).toMatchObject({ code: 5 });
  });

  test('looks at everything, and says what to do', async () => {
    await world.project({ labels: ['cat'], images: 1 });
    const healthy = await exemplar.jsonLines(['doctor']);
    expect(healthy.map(({ check, state }) => `${check} ${state}`)).toEqual([
      'settings good',
      'login file good',
      'server good',
      'clock good',
      'database good',
      'contract good',
      'token good',
      'release good',
      'schema good',
      'server clock good',
      'store good',
      'flavor cpu good',
      'workers good',
      'events good',
      expect.stringMatching(/^base models/),
      'queue good',
    ]);
    const sse = await exemplar.run(['doctor'], { environment: { EXEMPLAR_TRANSPORT: 'sse' } });
    expect(sse.stdout).toMatch(/^ok +events +live events come through$/m);
    const wrong = await exemplar.run(['doctor'], { environment: { EXEMPLAR_TOKEN: 'exm_wrong' } });
    expect(wrong).toMatchObject({ code: 9, stdout: expect.stringMatching(/^BAD +token .*\n +exemplar login/m) });
    const gone = await exemplar.run(['doctor'], { environment: { EXEMPLAR_URL: 'http://127.0.0.1:1' } });
    expect(gone).toMatchObject({ code: 9, stdout: expect.stringContaining('npm start') });
  });

  test('lists, shows, changes and disables users', async () => {
    const made = await exemplar.json(['user', 'create', 'carla', '--token', 'script']);
    const carla = { environment: { EXEMPLAR_TOKEN: made.token } };
    const { name } = await world.project();
    await exemplar.json(['project', 'member', name, made.id, 'labeller']);
    await exemplar.json(['token', 'create', 'reader', '--user', 'carla', '--scope', 'read']);
    expect(await exemplar.json(['user', 'list', '--contains', 'CARL'])).toMatchObject([
      { name: 'carla', disabledAt: null },
    ]);
    const shown = (await exemplar.run(['user', 'show', 'carla'])).stdout;
    expect(shown).toMatch(/^carla  user  User_/);
    expect(shown).toMatch(new RegExp(`^${name} +LABELLER +Project_`, 'm'));
    expect(shown).toMatch(/^reader +READ +- /m);
    expect(shown).not.toContain(made.token);
    expect(await exemplar.run(['user', 'update', 'carla'])).toMatchObject({ code: 2 });
    const renamed = await exemplar.json(['user', 'update', 'carla', '--name', 'carla c', '--administrator']);
    expect(renamed).toMatchObject({ name: 'carla c', isAdministrator: true });
    expect(
      (await exemplar.json(['user', 'list', '--administrators'])).map((one: { name: string }) => one.name),
    ).toEqual(['administrator', 'carla c']);
    expect(await exemplar.json(['user', 'update', made.id, '--no-administrator'])).toMatchObject({
      isAdministrator: false,
    });
    expect(await exemplar.run(['user', 'list'], carla)).toMatchObject({ code: 3 });
    expect(await exemplar.run(['user', 'disable', 'carla c'])).toMatchObject({
      code: 0,
      stdout: `carla c is disabled. Back again: exemplar user enable ${made.id}\n`,
    });
    expect(await exemplar.run(['whoami'], carla)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is disabled'),
    });
    expect(await exemplar.json(['user', 'list', '--disabled'])).toMatchObject([{ id: made.id }]);
    expect(await exemplar.run(['user', 'disable', 'administrator'])).toMatchObject({ code: 5 });
    expect(await exemplar.run(['user', 'disable', 'nobody'])).toMatchObject({ code: 4 });
    await exemplar.json(['user', 'enable', made.id]);
    expect(await exemplar.run(['whoami'], carla)).toMatchObject({ code: 0 });
  });

  test('shows and sets what projects may have', async () => {
    expect(await exemplar.run(['quota', 'set'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--images'),
    });
    expect(await exemplar.run(['quota', 'set', '--bytes', 'lots'])).toMatchObject({ code: 2 });
    expect(await exemplar.run(['quota', 'set', '--images', '2GB'])).toMatchObject({ code: 2 });
    expect(await exemplar.json(['quota', 'set', '--images', '1000', '--bytes', '1.5GB'])).toMatchObject({
      images: 1000,
      bytes: 1.5e9,
      deployments: null,
    });
    await exemplar.run(['project', 'create', 'bounded']);
    const set = await exemplar.run(['quota', 'set', 'bounded', '--images', '5', '--active-trainings', '2']);
    expect(set).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^images, without those in the trash +0 +5$/m),
    });
    const kept = await exemplar.json(['quota', 'set', 'bounded', '--active-trainings', 'none']);
    expect(kept).toMatchObject({ images: { used: 0, limit: 5 }, activeTrainings: { used: 0, limit: null } });
    expect(await exemplar.json(['quota', 'show', 'bounded'])).toEqual(kept);
    expect(kept.bytes).toEqual({ used: 0, limit: 1.5e9 });
    const { stdout } = await exemplar.run(['quota', 'set', '--images', 'none', '--bytes', 'none']);
    expect(stdout).toMatch(/^uploaded pictures.* any$/m);
    expect(await exemplar.json(['quota', 'show'])).toMatchObject({ images: null, bytes: null });
  });

  test('shows the workers to administrators, and how flavors stand to all', async () => {
    const { stdout } = await exemplar.run(['workers']);
    expect(stdout).toMatch(/^cpu +ExeML \(CPU\) +CPU +at once +1 +0 +0/m);
    expect(stdout).toMatch(new RegExp(`^\\S+:${process.pid} +alive +cpu +`, 'm'));
    const { token } = await exemplar.json(['user', 'create', 'dora', '--token', 'script']);
    const dora = { environment: { EXEMPLAR_TOKEN: token } };
    expect(await exemplar.json(['workers'], dora)).toMatchObject({
      flavors: [{ id: 'cpu', liveWorkers: 1 }],
      workers: null,
    });
    const findings = await exemplar.jsonLines(['doctor'], dora);
    expect(findings.filter(({ state }) => state === 'unknown').map(({ check }) => check)).toEqual(
      expect.arrayContaining(['installation', 'workers']),
    );
  });
});
