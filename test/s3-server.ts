import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ensureBucket, type S3Options } from '#core/platform/objects/s3-store.ts';
import { freePort } from './free-port.ts';

/**
 * The program of a real S3 server (versitygw), which `.ci/run` builds where Go is installed; undefined: such tests are skipped. By hand:
 * `GOBIN=/tmp/bin go install github.com/versity/versitygw/cmd/versitygw@v1.8.0`, then `EXEMPLAR_TEST_S3_SERVER=/tmp/bin/versitygw`.
 */
export const s3ServerProgram: string | undefined = [process.env['EXEMPLAR_TEST_S3_SERVER']].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

export interface TestS3Server {
  readonly options: S3Options;
  /** Of the server, in which each bucket is a folder. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts an S3 server of one's own on a free port, with an empty bucket. */
export async function startS3Server(): Promise<TestS3Server> {
  if (!s3ServerProgram) throw new Error('there is no S3 server');
  // On a file system that has extended attributes, as /tmp has not everywhere.
  const folder = await mkdtemp(join(process.env['EXEMPLAR_TEST_S3_FOLDER'] ?? tmpdir(), 'exemplar-s3-'));
  for (const name of ['data', 'sidecar']) await mkdir(join(folder, name));
  const port = await freePort();
  const options: S3Options = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'exemplar',
    region: 'us-east-1',
    accessKey: 'test-access',
    secretKey: 'test-secret-key',
    pathStyle: true,
  };
  const server = spawn(
    s3ServerProgram,
    ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', join(folder, 'sidecar'), join(folder, 'data')],
    {
      env: { PATH: process.env['PATH'], ROOT_ACCESS_KEY: options.accessKey, ROOT_SECRET_KEY: options.secretKey },
      stdio: 'ignore',
    },
  );
  const exited = once(server, 'exit');
  const close = async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([listening(port), exited.then(() => Promise.reject(new Error('the S3 server has ended')))]);
    await ensureBucket(options);
  } catch (error) {
    await close();
    throw error;
  }
  return { options, folder: join(folder, 'data'), close };
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await setTimeout(50);
  }
}
