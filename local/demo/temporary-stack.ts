import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../stack.ts';
import type { Endpoint } from './graphql-client.ts';

/** Settings of the person's own installation must not reach the temporary one. */
const environment = {
  EXEMPLAR_PUBLIC_URL: '',
  EXEMPLAR_FLAVORS: '',
  EXEMPLAR_WORKER_FLAVOR: '',
};

/**
 * Lends a stack in a temporary folder to `use`. Whatever happens there, the stack is stopped and then the folder removed. The
 * endpoint's signal aborts with `signal`, or when a part of the stack ends by itself.
 */
export async function withTemporaryStack<Result>(
  options: {
    readonly signal: AbortSignal;
    /** More environment for server and worker, made once the folder is there. */
    readonly prepare?: (folder: string) => Promise<Readonly<Record<string, string>>>;
  },
  use: (endpoint: Endpoint) => Promise<Result>,
): Promise<Result> {
  const { signal, prepare } = options;
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-demo-'));
  try {
    // Started by root, PostgreSQL runs as another user, who must be able to get in.
    await chmod(folder, 0o755);
    let token: string | undefined;
    const onFirstToken = (first: string) => (token = first);
    const prepared = { ...environment, ...(await prepare?.(folder)) };
    const stack = await startStack({ dataDirectory: folder, port: 0, environment: prepared, signal, onFirstToken });
    try {
      const loss = new AbortController();
      void stack.partEnded.then((part) => loss.abort(new Error(`The ${part} has ended unexpectedly.`)));
      if (token === undefined) throw new Error('a new installation gave no access token');
      const eitherSignal = AbortSignal.any([signal, loss.signal]);
      eitherSignal.throwIfAborted();
      return await use({ url: stack.url, token, signal: eitherSignal });
    } finally {
      await stack.stop();
      await rm(stack.databaseDirectory, { recursive: true, force: true, maxRetries: 3 });
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
