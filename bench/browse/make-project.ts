import type postgres from 'postgres';

export interface MadeProject {
  readonly projectId: string;
  readonly size: number;
  readonly labelIds: readonly string[];
  /** Places all over the project, with the cursors of both orders. */
  readonly samples: readonly { readonly id: string; readonly createdAt: Date; readonly byName: string }[];
}

const labelCount = 20;
const rowsPerInsert = 50_000;

/**
 * A project of so many rows of images, without files, as one of photos would look: class after class in the order of upload, one image a second; nine of ten
 * labelled by two people, seven of ten of these in the training part, one of a hundred in one of ten groups, two of a hundred with a near-duplicate.
 */
export async function makeProject(sql: postgres.Sql, size: number, users: readonly string[]): Promise<MadeProject> {
  const [project] = await sql<{ id: string }[]>`insert into project (name) values (${`made_${size}`}) returning id`;
  const projectId = project!.id;
  const labels = await sql<{ id: string }[]>`
    insert into label (project_id, name, color) select ${projectId}, 'label ' || number, '#000000'
    from generate_series(1, ${labelCount}::int) number returning id`;
  const labelIds = labels.map(({ id }) => id);
  for (let start = 0; start < size; start += rowsPerInsert)
    await sql`
      with made as (
        insert into image (id, project_id, sha256, file_name, format, width, height, byte_size, is_labelled, group_key, created_by, created_at)
        select uuidv7(make_interval(secs => number - ${size}::int)), ${projectId}, sha256((${projectId} || '/' || number)::bytea),
          'IMG_' || lpad((number::bigint * 7919 % 10000000)::text, 7, '0') || '.jpg', 'jpeg', 640, 480, 100000, number % 10 <> 0,
          case when number % 100 = 1 then 'camera ' || number % 1000 / 100 end, (${users as string[]}::uuid[])[1 + number % 2],
          clock_timestamp() + make_interval(secs => number - ${size}::int)
        from generate_series(${start + 1}::int, ${Math.min(size, start + rowsPerInsert)}::int) number
        returning id, is_labelled, substr(file_name, 5, 7)::int as place),
      numbered as (
        select id, is_labelled, ${start}::int + row_number() over (order by id) as number from made),
      annotated as (
        insert into annotation (image_id, label_id, project_id, created_by, source)
        select id, (${labelIds}::uuid[])[1 + (number - 1) * ${labelCount} / ${size}::int], ${projectId},
          (${users as string[]}::uuid[])[1 + number / 3 % 2], 'HUMAN'
        from numbered where is_labelled),
      standing as (
        insert into image_standing (image_id, project_id, split)
        select id, ${projectId}, (case when number % 10 < 8 then 'TRAIN' else 'VALIDATION' end)::split from numbered where is_labelled)
      insert into image_look (image_id, project_id, hash, bands, cluster_id)
      select id, ${projectId}, repeat('0', 256)::bit(256), array[number], first_value(id) over (partition by number / 100 order by id)
      from numbered where number % 100 in (7, 8)`;
  await sql`
    update label set image_count = (select count(*) from annotation where label_id = label.id) where project_id = ${projectId}`;
  await sql`
    update project set image_count = ${size}, labelled_image_count = (select sum(image_count) from label where project_id = project.id)
    where id = ${projectId}`;
  const rows = await sql<{ id: string; created_at: Date; file_name: string }[]>`
    select id, created_at, file_name from image where project_id = ${projectId}
      and sha256 >= '\\x00' and get_byte(sha256, 0) * 256 + get_byte(sha256, 1) < ${Math.ceil((65_536 * 1000) / size)}::int`;
  const samples = rows.map(({ id, created_at, file_name }) => ({
    id,
    createdAt: new Date(created_at),
    byName: `${id}.${Buffer.from(file_name.toLowerCase()).toString('base64url')}`,
  }));
  return { projectId, size, labelIds, samples };
}
