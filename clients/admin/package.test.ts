import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PackedClient } from '../../test/packed-client.ts';
import { drawPicture } from '../../test/pictures.ts';
import { World } from '../../test/world.ts';

const quickStart = await readFile(new URL('../../docs/quick-start.md', import.meta.url), 'utf8');
/** The shell block of a step of the quick start. */
const blockOf = (step: string) =>
  /^```sh\n(.*?)^```$/ms.exec(quickStart.slice(quickStart.indexOf(`## ${step}\n`)))![1]!;

/* What somebody has who is not where the checkout is: the package, a server, pictures and the quick start. */
describe('the packed command', () => {
  let world: World;
  let packed: PackedClient;
  beforeAll(async () => {
    [world, packed] = await Promise.all([World.open({ worker: true }), PackedClient.install('clients/admin')]);
    for (const [shape, label] of ['rose', 'tulip'].entries())
      for (let number = 0; number < 6; number++) {
        await packed.write(`flowers/${label}/${number}.jpg`, await drawPicture(shape, number));
        await packed.write(`more-flowers/${label}/more-${number}.jpg`, await drawPicture(shape, 10 + number));
      }
    await packed.write('new.jpg', await drawPicture(0, 100));
    await packed.write('new/1.jpg', await drawPicture(1, 101));
  });
  afterAll(async () => {
    await world?.close();
    await packed?.remove();
  });

  const runShell = async (script: string): Promise<string> => {
    const { directory } = packed;
    const env = {
      PATH: [join(directory, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      HOME: directory,
      TOKEN: world.admin.token,
    };
    const whole = script.replaceAll('http://127.0.0.1:4000', world.url);
    return (await promisify(execFile)('bash', ['-euc', whole], { cwd: directory, env })).stdout;
  };

  test('is JavaScript, and needs nothing of the repository', async () => {
    const installed = join(packed.directory, 'node_modules/@exemplar/admin');
    const files = (await readdir(installed, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const kinds = new Set(files.map(({ name }) => name.replace(/^[^.]+(?=\.)/, '*')));
    expect([...kinds].sort()).toEqual(['*.js', '*.json', '*.md', 'LICENSE']);
    expect(await runShell('exemplar --help')).toContain('exemplar train -p flowers --watch');
  });

  test('leads along the quick start: import, train, compare, predict, export', { timeout: 240_000 }, async () => {
    const login = quickStart.split('\n').filter((line) => /^(echo "\$TOKEN"|exemplar doctor) /.test(line));
    expect(await runShell(login.join('\n'))).toContain('as administrator');
    expect(await runShell(blockOf('3. Import a folder'))).toContain('flowers: 12 new images');
    const trained = await runShell(blockOf('4. Train, and watch'));
    expect(trained).toMatch(/^epoch +1\/\d+ .* accuracy /m);
    expect(trained).toMatch(/^COMPLETED \(\w+\)$/m);
    const compared = await runShell(blockOf('5. More pictures, a second version, a comparison'));
    expect(compared).toMatch(/^The data changed: 12 images added/m);
    expect(compared).toMatch(/^accuracy +[\d.]+ % +[\d.]+ % /m);
    expect(await runShell(blockOf('6. Predict'))).toMatch(/^new\.jpg: (rose|tulip) .*\nnew\/1\.jpg: (rose|tulip) /);
    await runShell(blockOf('7. Take the model away'));
    for (const file of ['flowers.zip', 'flowers.onnx', 'flowers-data.zip'])
      expect((await stat(join(packed.directory, file))).size).toBeGreaterThan(1000);
  });
});
