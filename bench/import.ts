import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { authenticate } from '#core/access/access-tokens.ts';
import type { ActionContext } from '#core/access/viewer.ts';
import { createFirstAdministrator } from '#core/access/users.ts';
import { readConfig } from '#core/platform/config.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { createProject } from '#core/projects/projects.ts';
import { openArchive } from '#core/transfer/archives/open-archive.ts';
import { writeZip, type ZipMember } from '#core/transfer/archives/write-zip.ts';
import { createImportUpload, receiveImportUpload } from '#core/transfer/imports/import-uploads.ts';
import { startImport } from '#core/transfer/imports/start-import.ts';
import { getTransfer, type Transfer } from '#core/transfer/transfer-row.ts';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { startRole } from '../local/role-process.ts';
import { normalisePicture } from '#engine/pictures/index.ts';
import { drawPhoto } from './draw-photo.ts';
import { processorTime } from './processor-time.ts';
import { printReport } from './report.ts';
import { useAllMemory } from './use-all-memory.ts';

/*
 * An import of a ZIP of class folders by a worker of its own, from the upload to the last row, beside what sharp alone needs to decode and
 * shrink the same files in the same run; and a manifest of labels for images that are there.
 *   npm run bench:import -- --pictures 2000 --width 1024 --labels 100000
 *   --used-memory  as on a machine that has been up for a while (bench/use-all-memory.ts); a minute more
 */
const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '2000' },
    width: { type: 'string', default: '1024' },
    labels: { type: 'string', default: '100000' },
    'used-memory': { type: 'boolean', default: false },
  },
});
const count = Number(values.pictures);
const width = Number(values.width);
const labelCount = Number(values.labels);

const folder = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
const environment = { DATABASE_URL: postgres.url, EXEMPLAR_DATA: folder, EXEMPLAR_LOG_LEVEL: 'error' };
await migrateDatabase(postgres.url);
const platform = await openPlatform(readConfig(environment), { role: 'server' });
const { token } = (await createFirstAdministrator(platform.db))!;
const ctx: ActionContext = { platform, viewer: await authenticate(platform.db, token) };
const worker = await startRole('worker', environment);
try {
  await setTimeout(5000);
  process.stderr.write(`the worker has ${(await peakMegabytes(worker.pid)).toFixed(0)} MB before it does anything\n`);
  const zip = join(folder, 'pictures.zip');
  const file = await open(zip, 'w');
  await pipeline(writeZip(members()), file.createWriteStream());
  const { size } = await stat(zip);
  process.stderr.write(`${count} pictures, ${(size / count / 1000).toFixed(0)} kB each\n`);

  const bareBefore = await measured(() => eachPicture(zip, shrink));
  const normalised = await measured(() => eachPicture(zip, normalisePicture));
  const project = await createProject(ctx, { name: 'pictures' });
  if (values['used-memory']) await useAllMemory(join(folder, 'without-blocks'));
  const imported = await measured(() => importFile(project.id, 'pictures.zip', zip));
  const bareAfter = await measured(() => eachPicture(zip, shrink));
  const bare = (bareBefore.rate + bareAfter.rate) / 2;
  const peak = await peakMegabytes(worker.pid);
  process.stderr.write(`${JSON.stringify(imported.result.result)}\n`);
  for (const [name, { rate, processor }] of Object.entries({ bareBefore, normalised, imported, bareAfter }))
    process.stderr.write(
      `${name}: ${rate.toFixed(1)} /s; processor time a picture, ms: ${[...processor].map(([of, ms]) => `${of} ${ms.toFixed(1)}`).join(', ')}\n`,
    );

  const seconds = await labelSeconds();
  printReport('import', [
    {
      name: `import of ${count} pictures from a ZIP, upload included`,
      value: imported.rate,
      unit: 'images/s',
      reference: 'sharp alone: decode, upright, at most 1024 pixels, on the same files',
      referenceValue: bare,
      target: 0.6,
    },
    {
      name: `import of ${count} pictures from a ZIP: processor time of all processes, which other work on the machine changes little`,
      value: 1000 / total(imported.processor),
      unit: 'images/s of processor time',
      reference: 'sharp alone, likewise',
      referenceValue: 2000 / (total(bareBefore.processor) + total(bareAfter.processor)),
      target: null,
    },
    {
      name: `import of ${count} pictures from a ZIP, upload included`,
      value: imported.rate,
      unit: 'images/s',
      reference: 'the same files normalised (JPEG of 1024 pixels, thumbnail, perceptual hash), and nothing else',
      referenceValue: normalised.rate,
      target: null,
    },
    {
      name: `peak memory of the worker, ${count} pictures`,
      value: peak,
      unit: 'MB resident',
      reference: 'stated bound',
      referenceValue: 600,
      target: 1,
      lowerIsBetter: true,
    },
    {
      name: `manifest of ${labelCount} labels for images that are there`,
      value: seconds,
      unit: 's',
      reference: 'stated bound',
      referenceValue: (60 * labelCount) / 100_000,
      target: 1,
      lowerIsBetter: true,
    },
    {
      name: 'peak memory of the worker, in the end',
      value: await peakMegabytes(worker.pid),
      unit: 'MB resident',
      reference: 'stated bound',
      referenceValue: 600,
      target: 1,
      lowerIsBetter: true,
    },
  ]);
} finally {
  await worker.stop();
  await platform.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Pictures as photographs are: smooth with some noise; twenty of them, each copy with a comment of its own. */
async function* members(): AsyncGenerator<ZipMember> {
  const drawn: Buffer[] = [];
  for (let index = 0; index < 8; index++) drawn.push(await drawPhoto(index, width));
  for (let index = 0; index < count; index++) {
    const comment = Buffer.from(`\xff\xfe\0\x0a${String(index).padStart(8, '0')}`, 'latin1');
    const jpeg = drawn[index % drawn.length]!;
    yield {
      path: `class ${index % 10}/${index}.jpg`,
      content: Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
    };
  }
}

/** Does something to all pictures; returns how many a second, and the processor time of a picture in milliseconds by program. */
async function measured<T>(work: () => Promise<T>) {
  const before = await processorTime();
  const started = performance.now();
  const result = await work();
  const rate = (1000 * count) / (performance.now() - started);
  const spent = [...(await processorTime())].map(
    ([name, seconds]) => [name, (1000 * (seconds - (before.get(name) ?? 0))) / count] as const,
  );
  return { result, rate, processor: new Map(spent) };
}

function total(processor: ReadonlyMap<string, number>): number {
  return [...processor.values()].reduce((sum, each) => sum + each, 0);
}

/** As many at the same time as the import takes. */
async function eachPicture(zip: string, work: (bytes: Buffer) => Promise<unknown>): Promise<void> {
  sharp.cache(false);
  sharp.concurrency(1);
  await using archive = await openArchive(zip);
  const running = new Set<Promise<unknown>>();
  for await (const entry of archive.entries()) {
    if ('reason' in entry) continue;
    const bytes = await entry.read(entry.size);
    const task: Promise<unknown> = work(bytes).finally(() => running.delete(task));
    running.add(task);
    if (running.size >= 4) await Promise.race(running);
  }
  await Promise.all(running);
}

function shrink(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes)
    .autoOrient()
    .resize({ width: 1024, height: 1024, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
}

async function importFile(projectId: string, fileName: string, path: string): Promise<Transfer> {
  const { size: byteSize } = await stat(path);
  const started = performance.now();
  const { upload } = await createImportUpload(ctx, { projectId, fileName, byteSize });
  await receiveImportUpload(platform, upload.id, createReadStream(path));
  process.stderr.write(`${fileName} was uploaded in ${((performance.now() - started) / 1000).toFixed(2)} s\n`);
  const { id } = await startImport(ctx, { projectId, uploadIds: [upload.id] });
  for (;;) {
    const transfer = await getTransfer(ctx, { kind: 'IMPORT', id });
    if (transfer.state === 'COMPLETED') return transfer;
    if (transfer.finishedAt) throw new Error(JSON.stringify(transfer.failure));
    await setTimeout(100);
  }
}

async function labelSeconds(): Promise<number> {
  const { id } = await createProject(ctx, { name: 'labels' });
  await platform.db.execute(sql`
    insert into image (project_id, sha256, file_name, format, width, height, byte_size, perceptual_hash)
    select ${id}, sha256(number::text::bytea), 'folder/' || number || '.jpg', 'JPEG', 640, 480, 50000, ''
    from generate_series(1, ${labelCount}::int) number`);
  await platform.db.execute(sql`update project set image_count = ${labelCount} where id = ${id}`);
  await platform.db.execute(sql`analyze image`);
  const manifest = join(folder, 'V001.manifest');
  const lines = function* () {
    for (let number = 1; number <= labelCount; number++)
      yield `${JSON.stringify({
        source: `s3://bucket/folder/${number}.jpg`,
        usage: number % 5 ? 'TRAIN' : 'EVAL',
        annotation: [{ type: 'modelarts/image_classification', name: `class ${number % 20}`, 'annotated-by': 'human' }],
      })}\n`;
  };
  const file = await open(manifest, 'w');
  await pipeline(Readable.from(lines()), file.createWriteStream());
  const started = performance.now();
  const { result } = await importFile(id, 'V001.manifest', manifest);
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${JSON.stringify(result)}\n`);
  return seconds;
}

async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1000;
}
