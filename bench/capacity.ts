import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { authenticate } from '#core/access/access-tokens.ts';
import { createFirstAdministrator } from '#core/access/users.ts';
import { imageKey } from '#core/images/image-row.ts';
import { readConfig } from '#core/platform/config.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { publishDatasetVersion } from '#core/trainings/publish-dataset-version.ts';
import { normalisePicture } from '#engine/pictures/index.ts';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { startRole } from '../local/role-process.ts';
import { makeProject } from './browse/make-project.ts';
import { drawPhoto } from './draw-photo.ts';

/*
 * What an installation takes up, for docs/capacity.md: objects of photos, rows of images, and what a backup of it takes.
 *   npm run bench:capacity -- [FOLDER...] --images 10000 --files 2000
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string', default: '10000' },
    /** Images that have files, for the backup. */
    files: { type: 'string', default: '2000' },
  },
});
const images = Number(values.images);
const files = Number(values.files);
const results: { name: string; value: number; unit: string }[] = [];
const note = (name: string, value: number, unit: string) => {
  results.push({ name, value: Number(value.toPrecision(4)), unit });
  process.stderr.write(`${name}: ${results.at(-1)!.value} ${unit}\n`);
};

const measurePictures = async (name: string, pictures: AsyncIterable<Buffer>) => {
  const sums = { original: 0, normalised: 0, thumbnail: 0 };
  let count = 0;
  for await (const bytes of pictures) {
    const { jpeg, thumbnail } = await normalisePicture(bytes);
    sums.original += bytes.byteLength;
    sums.normalised += jpeg.byteLength;
    sums.thumbnail += thumbnail.byteLength;
    count++;
  }
  for (const [form, bytes] of Object.entries(sums))
    note(`${form} of ${name}, mean of ${count}`, bytes / count / 1000, 'kB');
};
for (const path of positionals)
  await measurePictures(
    basename(path),
    (async function* () {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => /\.(jpe?g|png)$/i.test(each.name)))
        yield await readFile(join(entry.parentPath, entry.name));
    })(),
  );
await measurePictures(
  'drawn photos of 1600 px',
  (async function* () {
    for (let number = 0; number < 4; number++) yield await drawPhoto(number, 1600);
  })(),
);

const folder = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
await chmod(folder, 0o755);
const database = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
const environment = { DATABASE_URL: database.url, EXEMPLAR_DATA: join(folder, 'data'), EXEMPLAR_LOG_LEVEL: 'error' };
await migrateDatabase(database.url);
const platform = await openPlatform(readConfig(environment), { role: 'test', supervise: false });
let isClosed = false;
const plain = postgres(database.url, { max: 1, onnotice: () => {} });
try {
  const { token } = (await createFirstAdministrator(platform.db))!;
  const viewer = await authenticate(platform.db, token);
  const size = async () => {
    const [row] = await plain<{ size: number }[]>`select pg_database_size(current_database())::float8 as size`;
    return row!.size;
  };
  const empty = await size();
  note('database of an empty installation', empty / 1e6, 'MB');
  const { projectId } = await makeProject(plain, images, [viewer.userId]);
  await plain`update image set perceptual_hash = '' where project_id = ${projectId}`;
  await plain`vacuum full analyze`;
  const filled = await size();
  note(`rows of ${images} images, nine of ten labelled, for each 1,000`, (filled - empty) / images / 1000, 'MB');
  await publishDatasetVersion({ platform, viewer }, { projectId });
  note('a dataset version, for each 1,000 images', ((await size()) - filled) / (0.9 * images) / 1000, 'MB');
  await plain`create table measured (like prediction including all)`;
  await plain`
    insert into measured (evaluation_id, image_id, actual_classes, predicted_classes, probabilities, unfamiliarity)
    select ${projectId}, uuidv7(), '{1}', '{2}', array_fill(0.05::real, '{20}'), 1 from generate_series(1, 10000)`;
  const [measured] = await plain<{ size: number }[]>`select pg_total_relation_size('measured')::float8 as size`;
  note(
    'answers of a version with 20 classes, for each 1,000 images that it was evaluated on',
    measured!.size / 1e7,
    'MB',
  );
  await plain`drop table measured`;

  // Only so many have files; the others are taken away.
  await platform.db.execute(sql`delete from dataset_version_image where image_id in (
    select id from image where project_id = ${projectId} offset ${files})`);
  await platform.db.execute(
    sql`delete from annotation where image_id in (select id from image where project_id = ${projectId} offset ${files})`,
  );
  await platform.db.execute(
    sql`delete from image where id in (select id from image where project_id = ${projectId} offset ${files})`,
  );
  const rows = await plain<{ sha256: Buffer }[]>`select sha256 from image where project_id = ${projectId}`;
  const photo = await drawPhoto(1, 640);
  const { jpeg, thumbnail } = await normalisePicture(photo);
  let bytes = 0;
  for (const [index, { sha256 }] of rows.entries()) {
    const own = Buffer.from(String(index).padStart(8, '0'));
    const objects = (
      [
        ['original', photo],
        ['normalised', jpeg],
        ['thumbnail', thumbnail],
      ] as const
    ).map(([form, content]) => ({ key: imageKey(projectId, sha256, form), bytes: Buffer.concat([content, own]) }));
    for (const object of objects) bytes += object.bytes.byteLength;
    await platform.objects.putMany(objects);
  }
  note(`objects of ${rows.length} images to back up`, bytes / 1e6, 'MB');
  const backups = join(folder, 'backups');
  for (const name of ['a first backup', 'a second backup of the same']) {
    const { seconds, megabytes, cpuSeconds } = await run('backup', [backups], environment);
    note(`${name}: time`, seconds, 's');
    note(`${name}: processor time`, cpuSeconds, 's');
    note(`${name}: peak memory`, megabytes, 'MB');
  }
  const fresh = await startEmbeddedPostgres({ directory: join(folder, 'fresh') });
  const restored = await run('restore', [backups], {
    ...environment,
    DATABASE_URL: fresh.url,
    EXEMPLAR_DATA: join(folder, 'restored'),
  });
  await fresh.stop();
  note('its restore: time', restored.seconds, 's');
  note('its restore: processor time', restored.cpuSeconds, 's');
  note('its restore: peak memory', restored.megabytes, 'MB');

  await platform.close();
  isClosed = true;
  const roles: Awaited<ReturnType<typeof startRole>>[] = [];
  for (const role of ['server', 'worker'] as const) {
    roles.push(await startRole(role, { ...environment, EXEMPLAR_PORT: '0' }));
    await setTimeout(10_000);
    const { pid } = roles.at(-1)!;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    note(`a ${role} that waits: memory`, Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1000, 'MB');
    const connections = await plain<{ name: string; count: number }[]>`
      select application_name as name, count(*)::int as count from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'exemplar%' group by 1 order by 1`;
    for (const { name, count } of connections)
      note(`connections, ${roles.length === 1 ? 'server' : 'server and worker'}: ${name}`, count, 'open');
  }
  for (const role of roles.toReversed()) await role.stop();
} finally {
  await plain.end();
  if (!isClosed) await platform.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
const machine = `${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`;
process.stdout.write(`${JSON.stringify({ bench: 'capacity', machine, results }, null, 2)}\n`);

/** One of the commands as a process of its own. */
async function run(command: 'backup' | 'restore', argv: readonly string[], settings: Record<string, string>) {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=16', fileURLToPath(import.meta.resolve(`../local/${command}.ts`)), ...argv],
    {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  let megabytes = 0;
  let cpuSeconds = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const [status, stat] = await Promise.all(
      ['status', 'stat'].map((file) => readFile(`/proc/${child.pid}/${file}`, 'utf8').catch(() => '')),
    );
    megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+) kB/.exec(status!)?.[1] ?? 0) / 1000);
    const fields = stat!.slice(stat!.lastIndexOf(')')).split(' ');
    if (fields.length > 12) cpuSeconds = (Number(fields[12]) + Number(fields[13])) / 100;
    await setTimeout(20);
  }
  if (child.exitCode !== 0) throw new Error(`${command} ended with ${child.exitCode ?? child.signalCode}`);
  return { seconds: (performance.now() - started) / 1000, megabytes, cpuSeconds };
}
