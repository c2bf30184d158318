import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { templateDatabase } from './global-setup.ts';

export interface TestDatabase {
  readonly url: string;
  close(): Promise<void>;
}

/** A database of its own on the cluster of this run: migrated, or without a single table. */
export async function openTestDatabase(state: 'migrated' | 'empty'): Promise<TestDatabase> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const maintenance = postgres(`${clusterUrl}/postgres`, { max: 1 });
  await maintenance.unsafe(`create database ${name} template ${state === 'migrated' ? templateDatabase : 'template1'}`);
  return {
    url: `${clusterUrl}/${name}`,
    close: async () => {
      await maintenance.unsafe(`drop database ${name} with (force)`);
      await maintenance.end();
    },
  };
}
