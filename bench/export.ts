import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'drizzle-orm';
import { allItems } from '#core/transfer/exports/export-items.ts';
import type { ExportFormat } from '#core/transfer/exports/export-plan.ts';
import { spoolItems } from '#core/transfer/exports/item-spool.ts';
import { readCurrentItems } from '#core/transfer/exports/read-export-items.ts';
import { writeArchive } from '#core/transfer/exports/write-archive.ts';
import { printReport, type Figure } from './report.ts';
import { openInstallation } from './stream/installation.ts';

/*
 * Exports of the current labels with pictures of 20 kB: pictures a second against a bare copy of the same bytes in the same run, and the
 * memory of the whole process.
 *   npm run bench:export -- [COUNT...]
 */
const counts = process.argv.slice(2).map(Number);
if (counts.length === 0) counts.push(10_000, 100_000);
/** The simplest, the one that keeps names by folder, and the one that keeps numbers until the end of a document. */
const formats: readonly ExportFormat[] = ['CSV', 'FOLDERS', 'COCO'];
const pictureBytes = 20_000;
const megabyte = 1024 * 1024;

const installation = await openInstallation();
const { db, objects, config } = installation.platform;

/** A project of so many images; their bytes are links to a few files, so that making them takes little time and room. */
async function makeProject(count: number): Promise<{ projectId: string; files: string[] }> {
  const [project] = await db.execute<{ id: string }>(
    sql`insert into project (name) values (${`exports ${count}`}) returning id`,
  );
  const projectId = project!.id;
  await db.execute(sql`insert into label (project_id, name, color)
    select ${projectId}, 'label ' || number, '#000' from generate_series(0, 9) number`);
  await db.execute(sql`
    with labels as (select array_agg(id) as ids from label where project_id = ${projectId}),
      picture as (
        insert into image (project_id, sha256, file_name, format, width, height, byte_size, is_labelled, split_override)
        select ${projectId}, decode(lpad(to_hex(number), 64, '0'), 'hex'), number || '.jpg', 'JPEG', 640, 480, 1, true,
          (array['TRAIN', 'VALIDATION', 'TEST']::split[])[1 + number % 3]
        from generate_series(1, ${count}::int) number returning id, file_name)
    insert into annotation (image_id, label_id)
    select id, labels.ids[1 + replace(file_name, '.jpg', '')::int % 10] from picture, labels`);
  await db.execute(sql`analyze`);
  const files = Array.from({ length: count }, (_, index) => {
    const digest = (index + 1).toString(16).padStart(64, '0');
    return join(config.objectsDirectory, 'projects', projectId, 'images', digest, 'original');
  });
  for (const [index, file] of files.entries()) {
    // A file system takes 65,000 links to a file.
    const original = join(config.dataDirectory, `picture-${Math.floor(index / 10_000)}`);
    if (index % 10_000 === 0) await writeFile(original, randomBytes(pictureBytes));
    await mkdir(dirname(file), { recursive: true });
    await link(original, file);
  }
  return { projectId, files };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** One file after the other into one file, as any archive must, and nothing else. */
async function bareCopy(files: readonly string[]): Promise<void> {
  const target = join(config.dataDirectory, 'copy');
  const bytes = async function* () {
    for (const file of files) yield await readFile(file);
  };
  await pipeline(Readable.from(bytes(), { objectMode: false }), createWriteStream(target));
  const file = await open(target);
  await file.sync();
  await file.close();
  await rm(target);
}

const figures: Figure[] = [];
try {
  for (const count of counts) {
    const { projectId, files } = await makeProject(count);
    await bareCopy(files.slice(0, 1000));
    const copied = await secondsOf(() => bareCopy(files));
    for (const format of formats) {
      let most = 0;
      const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
      const folder = join(config.dataDirectory, `${format}-${count}`);
      const key = `projects/${projectId}/transfers/${format}/export.zip`;
      let reading = 0;
      const seconds = await secondsOf(async () => {
        let plan: Parameters<typeof writeArchive>[3] | undefined;
        const start = performance.now();
        const items = await readCurrentItems(db, projectId, { includeUnlabelled: false }, (source, writtenAt) => {
          plan = { format, includeImages: true, sourcePrefix: '', name: 'labels', classes: source.classes, writtenAt };
          return spoolItems(folder, source.items);
        });
        reading = (performance.now() - start) / 1000;
        const options = { signal: new AbortController().signal, progress: () => {} };
        await writeArchive(objects, { projectId, key }, items, plan!, options);
        if (items.count !== count) throw new Error(`exported ${items.count}`);
        for await (const item of allItems(items)) if (item.labels.length !== 1) throw new Error('a label is missing');
      });
      clearInterval(sampling);
      await objects.deleteAll(`projects/${projectId}/transfers/`);
      await rm(folder, { recursive: true });
      figures.push({
        name: `${format}, ${count} pictures`,
        value: count / seconds,
        unit: 'pictures/s',
        reference: 'bare copy of the same files',
        referenceValue: count / copied,
        target: null,
      });
      figures.push({
        name: `${format}, ${count} pictures: resident memory`,
        value: most / megabyte,
        unit: 'MiB',
        reference: 'bound',
        referenceValue: 600,
        target: 1,
        lowerIsBetter: true,
      });
      process.stderr.write(
        `${format} ${count}: ${seconds.toFixed(1)} s, of which ${reading.toFixed(1)} s reading rows; RSS ${(most / megabyte).toFixed(0)} MiB\n`,
      );
    }
  }
  printReport('export', figures);
} finally {
  await installation.close();
}
