import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const checkFile = join(import.meta.dirname, 'require-node.ts');
const root = join(import.meta.dirname, '../..');
/** Every file that an npm script hands to Node. */
const entryPoints = Object.values(packageJson.scripts).flatMap((script) => /^node (\S+\.ts)/.exec(script)?.[1] ?? []);

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

  it.each(entryPoints)('is the only file of ours that %s imports before it has passed', async (entry) => {
    const text = await readFile(join(root, entry), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export) .*?'([^']+)';$/gms)].map(([, specifier]) => specifier!);
    expect(imports[0]).toBe('#core/platform/require-node.ts');
    expect(imports.slice(1).filter((specifier) => !specifier.startsWith('node:'))).toEqual([]);
  });
});
