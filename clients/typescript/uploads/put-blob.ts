import type { Connection } from '../connection/connection.ts';
import { ConnectionError } from '../connection/errors.ts';
import { send } from '../connection/http.ts';

/** Sends bytes to a signed address, again when that fails for a reason that may pass. @throws {ConnectionError} */
export function putBlob(
  connection: Connection,
  address: string,
  blob: Blob,
  headers: readonly { readonly name: string; readonly value: string }[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const ended = connection.signalFor(signal);
  return connection.retry.run(
    async () => {
      const response = await send(connection.http.fetch, address, {
        method: 'PUT',
        body: blob,
        headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
        signal: ended,
      });
      if (response.ok) {
        await response.body?.cancel();
        return;
      }
      const text = (await response.text().catch(() => '')).slice(0, 200);
      throw new ConnectionError(`the upload was answered ${response.status}: ${text}`, {
        status: response.status,
        isTransient: response.status >= 500,
      });
    },
    ({ isTransient }) => isTransient,
    ended,
  );
}
