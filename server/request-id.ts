import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/** Runs everything that one request causes under an id that answers, errors and log lines share. */
export const withRequestId = <T>(requestId: string, run: () => T): T => storage.run(requestId, run);

export const currentRequestId = (): string => storage.getStore() ?? randomUUID();
