import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const checkFile = join(import.meta.dirname, 'require-node.ts');

/** Runs the check as that version of Node would. */
function startAs(version: string) {
  const script = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: ${JSON.stringify(version)} } });
    await import(${JSON.stringify(checkFile)});
    console.log('started');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

describe('require-node', () => {
  it.each(['18.20.8', '22.21.1', '23.11.0', '24.0.0', '24.11.1'])('stops Node %s with a sentence', (version) => {
    const { status, stdout, stderr } = startAs(version);
    expect(stderr).toMatch(`Exemplar needs Node 24.12 or newer; this is Node ${version}. Start it through npm`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([status, stdout]).toEqual([1, '']);
  });

  it.each(['24.12.0', '24.21.0', '25.0.0', '26.1.0-nightly'])('lets Node %s pass', (version) => {
    expect(startAs(version)).toMatchObject({ status: 0, stdout: 'started\n', stderr: '' });
  });

  it.each(['server/main.ts', 'worker/main.ts', 'local/start.ts', 'local/demo.ts'])(
    'is the first thing that %s imports',
    async (entry) => {
      const text = await readFile(join(import.meta.dirname, '../..', entry), 'utf8');
      expect(/^import .*$/m.exec(text)![0]).toBe("import '#core/platform/require-node.ts';");
    },
  );
});
