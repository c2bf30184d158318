import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { modelFiles } from './model-files.ts';
import {
  DiskFullError,
  FolderUnusableError,
  HttpError,
  InterruptedError,
  NotPlacedHereError,
  UnreachableError,
  UnsafeRedirectError,
  WrongChecksumError,
  WrongSizeError,
} from './models-error.ts';
import { pullModel, type PullOptions } from './pull-model.ts';
import { hangUp, ModelServer, redirect, serve, silence, status } from './testing/model-server.ts';

const half = 150_000;
const content = Buffer.alloc(2 * half);
for (let offset = 0; offset < content.length; offset += 32)
  createHash('sha256').update(String(offset)).digest().copy(content, offset);
/** As long, and one byte is another. */
const changed = Buffer.from(content);
changed[123_456]! ^= 1;
const settings = { attempts: 3, firstDelayMilliseconds: 1, stallMilliseconds: 150 };

describe('pulling a model', () => {
  let server: ModelServer;
  let directory: string;
  beforeAll(async () => {
    server = await ModelServer.start(content);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exemplar-models-'));
    server.answers(serve());
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const pull = (options: Partial<PullOptions> = {}) =>
    pullModel({
      entry: server.entry(),
      directory,
      mirror: undefined,
      signal: new AbortController().signal,
      settings,
      ...options,
    });
  const thrownBy = async (promise: Promise<unknown>): Promise<Error> => {
    const error = await promise.then(
      (value) => new Error(`did not throw but gave ${JSON.stringify(value)}`),
      (thrown: unknown) => thrown as Error,
    );
    return error;
  };
  const files = () => modelFiles(directory, 'tiny');
  const partBytes = async () => (await stat(join(files().part, 'model.onnx'))).size;
  const expectPlaced = async () => {
    expect((await readFile(files().model)).equals(content)).toBe(true);
    expect(await readdir(directory)).toEqual(['tiny']);
    expect((await readdir(files().folder)).sort()).toEqual(['model.onnx', 'source.json']);
  };
  /** Leaves a part of `bytes` bytes, as a line that fails for good does. */
  const pullPart = async (bytes: number, etag?: string) => {
    server.answers(serve({ cutAfter: bytes, ...(etag && { etag }) }), hangUp);
    expect(await thrownBy(pull())).toBeInstanceOf(UnreachableError);
    expect(await partBytes()).toBe(bytes);
  };

  describe('from a server that serves', () => {
    it('places the file with a note of its source, and nothing else', async () => {
      const seen: number[] = [];
      expect(await pull({ onBytes: (bytes) => seen.push(bytes) })).toBe('DOWNLOADED');
      await expectPlaced();
      expect(JSON.parse(await readFile(files().source, 'utf8'))).toMatchObject({
        entry: server.entry(),
        origin: server.entry().url,
        placedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
      expect(seen[0]).toBe(0);
      expect(seen.at(-1)).toBe(content.length);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });

    it('asks nothing when the file is there and right', async () => {
      await pull();
      server.answers(status(500));
      expect(await pull()).toBe('ALREADY_INSTALLED');
      expect(server.requests).toEqual([]);
    });

    it('repairs a file of its own that was damaged', async () => {
      await pull();
      await writeFile(files().model, changed);
      expect(await pull()).toBe('DOWNLOADED');
      await expectPlaced();
    });

    it('takes a file without a length', async () => {
      server.answers(serve({ chunked: true }));
      await pull();
      await expectPlaced();
    });

    it('asks the mirror for NAME/FILE', async () => {
      await pull({
        entry: server.entry({ url: 'https://models.example/deep/below/model-12.onnx' }),
        mirror: `${server.url}/mirror`,
      });
      expect(server.requests.map(({ url }) => url)).toEqual(['/mirror/tiny/model-12.onnx']);
      await expectPlaced();
    });
  });

  describe('that was begun before', () => {
    it('goes on where it stopped, to the same bytes', async () => {
      await pullPart(half, '"one"');
      server.answers(serve({ etag: '"one"' }));
      expect(await pull()).toBe('DOWNLOADED');
      expect(server.ranges).toEqual([`bytes=${half}-`]);
      expect(server.requests[0]!.headers['if-range']).toBe('"one"');
      await expectPlaced();
    });

    it('goes on without a tag too, and trusts the checksum', async () => {
      await pullPart(half);
      server.answers(serve());
      await pull();
      expect(server.ranges).toEqual([`bytes=${half}-`]);
      await expectPlaced();
    });

    it('begins again where the server ignores ranges', async () => {
      await pullPart(half);
      server.answers(serve({ ranges: false }));
      await pull();
      expect(server.requests).toHaveLength(1);
      await expectPlaced();
    });

    it('begins again where the file changed in between', async () => {
      server.answers(serve({ etag: '"old"', instead: changed, cutAfter: half }), hangUp);
      await thrownBy(pull());
      expect(await partBytes()).toBe(half);
      server.answers(serve({ etag: '"new"' }));
      await pull();
      expect(server.requests).toHaveLength(1);
      await expectPlaced();
    });

    it('begins again where a range of another version comes all the same', async () => {
      server.answers(serve({ etag: 'W/"old"', instead: changed, cutAfter: half }), hangUp);
      await thrownBy(pull());
      server.answers(serve({ etag: 'W/"new"' }));
      const seen: number[] = [];
      await pull({ onBytes: (bytes) => seen.push(bytes) });
      // At once, not when the checksum turns out wrong.
      expect(seen.slice(0, 2)).toEqual([half, 0]);
      expect(server.ranges).toEqual([`bytes=${half}-`, undefined]);
      await expectPlaced();
    });

    it('begins again where the wrong range comes', async () => {
      await pullPart(half);
      server.answers((_request, response) => {
        response.writeHead(206, { 'content-range': `bytes 0-${content.length - 1}/${content.length}` });
        response.end(content);
      }, serve());
      await pull();
      expect(server.ranges).toEqual([`bytes=${half}-`, undefined]);
      await expectPlaced();
    });

    it('begins again where the server knows no such range', async () => {
      await pullPart(half);
      server.answers(status(416), serve());
      await pull();
      await expectPlaced();
    });

    it('begins again, once, where the bytes that were here turn out wrong', async () => {
      await pullPart(half);
      await writeFile(join(files().part, 'model.onnx'), changed.subarray(0, half));
      server.answers(serve());
      await pull();
      expect(server.ranges).toEqual([`bytes=${half}-`, undefined]);
      await expectPlaced();
    });

    it('needs no server when all bytes are here', async () => {
      await mkdir(files().part);
      await writeFile(join(files().part, 'model.onnx'), content);
      server.answers(status(500));
      expect(await pull()).toBe('DOWNLOADED');
      expect(server.requests).toEqual([]);
      await expectPlaced();
    });

    it('goes on from what a killed process left', async () => {
      await pullPart(half);
      const ended = spawnSync(process.execPath, ['--eval', '0']).pid;
      await rename(files().part, `${files().part}-${hostname()}-${ended}-abcdef`);
      server.answers(serve());
      await pull();
      expect(server.ranges).toEqual([`bytes=${half}-`]);
      await expectPlaced();
    });

    it('does not write through a link', async () => {
      const victim = join(directory, '..', `victim-${process.pid}`);
      await writeFile(victim, 'precious');
      try {
        await mkdir(files().part);
        await symlink(victim, join(files().part, 'model.onnx'));
        await pull();
        expect(await readFile(victim, 'utf8')).toBe('precious');
        await expectPlaced();
      } finally {
        await rm(victim);
      }
    });
  });

  describe('over a bad line', () => {
    it('tries again after cuts and goes on from each', async () => {
      server.answers(serve({ cutAfter: 1000 }), serve({ cutAfter: 2000 }), serve());
      await pull();
      expect(server.ranges).toEqual([undefined, 'bytes=1000-', 'bytes=3000-']);
      await expectPlaced();
    });

    it('tries again after a stall in the middle, and after one before the answer', async () => {
      server.answers(serve({ stallAfter: half }), silence, serve());
      await pull();
      expect(server.ranges).toEqual([undefined, `bytes=${half}-`, `bytes=${half}-`]);
      await expectPlaced();
    });

    it('tries again after HTTP 500', async () => {
      server.answers(status(500), status(503), serve());
      await pull();
      await expectPlaced();
    });

    it('gives up after so many attempts, keeps what came and says what to do', async () => {
      server.answers(serve({ stallAfter: half }), silence);
      const error = await thrownBy(pull());
      expect(error).toBeInstanceOf(UnreachableError);
      expect(server.requests).toHaveLength(settings.attempts);
      expect(await partBytes()).toBe(half);
      expect(error.message).toContain('nothing came for 0.15 s');
      expect(error.message).toContain('150.0 kB of 300.0 kB are here');
    });

    it('does not give up a file whose every attempt brings a lot', async () => {
      const large = await ModelServer.start(Buffer.alloc(6_000_000, 'large'));
      try {
        large.answers(...Array.from({ length: 5 }, () => serve({ cutAfter: 1_100_000 })), serve());
        expect(await pull({ entry: large.entry() })).toBe('DOWNLOADED');
        expect(large.requests).toHaveLength(6);
      } finally {
        await large.close();
      }
    });
  });

  describe('that cannot be had', () => {
    it('says at once how else to come by it where no server answers', async () => {
      const gone = await ModelServer.start(content);
      const entry = gone.entry();
      await gone.close();
      const error = await thrownBy(pull({ entry, settings: { ...settings, firstDelayMilliseconds: 60_000 } }));
      expect(error).toBeInstanceOf(UnreachableError);
      expect(error.message).toContain('ECONNREFUSED');
      expect(error.message).toContain('EXEMPLAR_MODELS_MIRROR=URL');
      expect(error.message).toContain('URL/tiny/tiny.onnx');
      expect(error.message).toContain(`copy the file (${entry.bytes} bytes, SHA-256 ${entry.sha256})`);
      expect(error.message).toContain(files().model);
      expect(await readdir(directory)).toEqual([]);
    });

    it('says so where the name of the server does not resolve', async () => {
      const error = await thrownBy(pull({ entry: server.entry({ url: 'https://models.invalid/tiny.onnx' }) }));
      expect(error).toBeInstanceOf(UnreachableError);
    });

    it('says the status where the server has no such file, and asks once', async () => {
      server.answers(status(404));
      const error = await thrownBy(pull());
      expect(error).toBeInstanceOf(HttpError);
      expect(error.message).toContain('HTTP status 404');
      expect(error.message).toContain('EXEMPLAR_MODELS_MIRROR');
      expect(server.requests).toHaveLength(1);
    });

    it('gives up after HTTP 500 again and again', async () => {
      server.answers(status(500));
      expect(await thrownBy(pull())).toBeInstanceOf(HttpError);
      expect(server.requests).toHaveLength(settings.attempts);
    });

    it('shows neither password nor query of an address', async () => {
      server.answers(status(403));
      const error = await thrownBy(pull({ mirror: server.url.replace('//', '//user:secret@') }));
      expect(server.requests[0]!.headers.authorization).toBe(`Basic ${btoa('user:secret')}`);
      expect(error.message).not.toContain('secret');
    });
  });

  describe('from a server that lies', () => {
    const expectNothing = async () => expect(await readdir(directory)).toEqual([]);

    it('refuses other bytes and deletes them', async () => {
      server.answers(serve({ instead: changed }));
      const error = await thrownBy(pull());
      expect(error).toBeInstanceOf(WrongChecksumError);
      expect(error.message).toContain(server.entry().sha256);
      expect(server.requests).toHaveLength(1);
      await expectNothing();
    });

    it('refuses another length before it reads a byte', async () => {
      server.answers(serve({ instead: content.subarray(0, 131) }));
      const error = await thrownBy(pull());
      expect(error).toBeInstanceOf(WrongSizeError);
      expect(error.message).toContain('offers 131 bytes');
      await expectNothing();
    });

    it('refuses more bytes than the catalogue says', async () => {
      server.answers(serve({ instead: Buffer.concat([content, content]), chunked: true }));
      expect(await thrownBy(pull())).toBeInstanceOf(WrongSizeError);
      await expectNothing();
    });

    it('takes fewer bytes than announced for a cut', async () => {
      server.answers((_request, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, half), () => response.socket!.end());
      }, serve());
      await pull();
      expect(server.ranges).toEqual([undefined, `bytes=${half}-`]);
      await expectPlaced();
    });

    it('takes a body that ends too early without a length for a cut', async () => {
      server.answers(serve({ chunked: true, instead: content.subarray(0, half) }), serve());
      await pull();
      await expectPlaced();
    });

    it('keeps the file that is there when the new one is wrong', async () => {
      await pull();
      const other = server.entry({ sha256: 'a'.repeat(64) });
      expect(await thrownBy(pull({ entry: other }))).toBeInstanceOf(WrongChecksumError);
      expect((await readFile(files().model)).equals(content)).toBe(true);
      expect(await readdir(directory)).toEqual(['tiny']);
    });
  });

  describe('over redirects', () => {
    it('follows one to 127.0.0.1, with the range', async () => {
      await pullPart(half);
      server.answers(redirect('/elsewhere/tiny.onnx'), serve());
      await pull();
      expect(server.requests.map(({ url }) => url)).toEqual(['/files/tiny.onnx', '/elsewhere/tiny.onnx']);
      expect(server.ranges).toEqual([`bytes=${half}-`, `bytes=${half}-`]);
      await expectPlaced();
    });

    it.each(['http://models.example/tiny.onnx', 'http://127.0.0.2/', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
      'does not follow one to %s',
      async (location) => {
        server.answers(redirect(location));
        const error = await thrownBy(pull());
        expect(error).toBeInstanceOf(UnsafeRedirectError);
        expect(error.message).toContain('is not https');
      },
    );

    it('does not go round in circles', async () => {
      server.answers(redirect('/files/tiny.onnx'));
      expect(await thrownBy(pull())).toBeInstanceOf(UnsafeRedirectError);
      expect(server.requests).toHaveLength(6);
    });
  });

  describe('that is stopped', () => {
    it('keeps what came, says how to go on, and goes on', async () => {
      server.answers(serve({ stallAfter: half }));
      const stopping = new AbortController();
      const error = await thrownBy(
        pull({
          signal: stopping.signal,
          settings: { ...settings, stallMilliseconds: 60_000 },
          onBytes: (bytes) => bytes === half && stopping.abort(),
        }),
      );
      expect(error).toBeInstanceOf(InterruptedError);
      expect(error.message).toContain('models pull tiny');
      expect(error.message).toContain(files().part);
      expect(await partBytes()).toBe(half);
      server.answers(serve());
      await pull();
      expect(server.ranges).toEqual([`bytes=${half}-`]);
      await expectPlaced();
    });

    it('stops while it waits for the next attempt', async () => {
      server.answers(status(500));
      const error = await thrownBy(
        pull({ signal: AbortSignal.timeout(100), settings: { ...settings, firstDelayMilliseconds: 60_000 } }),
      );
      expect(error).toBeInstanceOf(InterruptedError);
    });
  });

  describe('twice at once', () => {
    it('gives one right file', async () => {
      const entries: CatalogueEntry[] = [server.entry(), server.entry(), server.entry()];
      await Promise.all(entries.map((entry) => pull({ entry })));
      await expectPlaced();
    });

    it('lets only one go on with the part that is there', async () => {
      await pullPart(half);
      server.answers(serve());
      await Promise.all([pull(), pull()]);
      expect(server.ranges.sort()).toEqual([`bytes=${half}-`, undefined]);
      await expectPlaced();
    });
  });

  describe('into a folder', () => {
    it('without room asks nothing and says how much is needed', async () => {
      const error = await thrownBy(pull({ freeBytes: () => Promise.resolve(200_000) }));
      expect(error).toBeInstanceOf(DiskFullError);
      expect(error.message).toContain('needs 300.0 kB');
      expect(error.message).toContain('200.0 kB free');
      expect(server.requests).toEqual([]);
    });

    it('counts what is here already as room that is not needed', async () => {
      await pullPart(half);
      server.answers(serve());
      const reserve = 16 * 1024 * 1024;
      await thrownBy(pull({ freeBytes: () => Promise.resolve(reserve + half - 1) }));
      expect(server.requests).toEqual([]);
      expect(await pull({ freeBytes: () => Promise.resolve(reserve + half) })).toBe('DOWNLOADED');
    });

    it('whose disk runs full says so', async () => {
      const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
      expect(await thrownBy(pull({ freeBytes: () => Promise.reject(full) }))).toBeInstanceOf(DiskFullError);
    });

    it('that is a file says so', async () => {
      const file = join(directory, 'file');
      await writeFile(file, '');
      const error = await thrownBy(pull({ directory: join(file, 'models') }));
      expect(error).toBeInstanceOf(FolderUnusableError);
      expect(error.message).toContain('EXEMPLAR_MODELS');
    });

    it('with the right file copied by hand adopts it without a server', async () => {
      await mkdir(files().folder);
      await writeFile(files().model, content);
      server.answers(status(500));
      expect(await pull()).toBe('ADOPTED');
      expect(server.requests).toEqual([]);
      expect(JSON.parse(await readFile(files().source, 'utf8')).origin).toBeNull();
    });

    it('with a strange file leaves it alone', async () => {
      await mkdir(files().folder);
      await writeFile(files().model, 'mine');
      const error = await thrownBy(pull());
      expect(error).toBeInstanceOf(NotPlacedHereError);
      expect(await readFile(files().model, 'utf8')).toBe('mine');
      expect(server.requests).toEqual([]);
    });
  });
});
