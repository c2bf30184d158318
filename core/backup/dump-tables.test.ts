import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openTestDatabase } from '#test/test-database.ts';
import type { BackupTarget } from './backup-target.ts';
import { dumpTables } from './dump-tables.ts';
import { openSession } from './session.ts';

test('tables larger than what is buffered come whole, one after the other, however slowly they are written', async () => {
  const database = await openTestDatabase('migrated');
  const session = openSession(database.url, 'test');
  const written = new Map<string, Buffer>();
  const target: Pick<BackupTarget, 'writeFile'> = {
    writeFile: async (name, source) => {
      const chunks: Buffer[] = [];
      for await (const chunk of source) {
        chunks.push(chunk as Buffer);
        for (let turn = 0; turn < 20; turn++) await setImmediate();
      }
      const content = Buffer.concat(chunks);
      written.set(name, content);
      return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    },
  };
  try {
    await session`insert into abandoned_objects (prefix) select md5(number::text) || chr(10) || chr(92) || number from generate_series(1, 30000) number`;
    await session`insert into base_model (name, version, sha256, source, facts)
      select number::text, md5(number::text), '\\x00', 'SHIPPED', '{}' from generate_series(1, 30000) number`;
    const tables = await session.begin((tx) => dumpTables(tx, target as BackupTarget, new AbortController().signal));
    const rows = new Map(tables.map((table) => [table.name, table.rows]));
    expect(rows.get('abandoned_objects')).toBe(30_000);
    expect(rows.get('base_model')).toBe(30_000);
    expect(rows.get('project')).toBe(0);
    for (const name of ['rate_usage', 'worker', 'schema_migration']) expect([...rows.keys()]).not.toContain(name);
    const lines = gunzipSync(written.get('database/abandoned_objects.copy.gz')!).toString().trimEnd().split('\n');
    expect(lines).toHaveLength(30_000);
  } finally {
    await session.end();
    await database.close();
  }
});
