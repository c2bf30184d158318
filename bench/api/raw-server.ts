import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { promptSockets } from '#core/platform/prompt-socket.ts';
import { signGrant } from '#core/platform/signed-url.ts';
import { readSigningSecret } from '#core/platform/signing-secret.ts';
import { drizzle } from 'drizzle-orm/postgres-js';

/*
 * What a careful person would write by hand for the same answers: node:http, JSON, postgres.js with prepared statements, one statement for
 * each thing in turn, the rows as they come. With `x-bench-token` the access token is looked up first, as every server that keeps its promises must.
 */
const { DATABASE_URL, CONNECTIONS, OUR_URL } = process.env as Record<string, string>;
const sql = postgres(DATABASE_URL!, { ...promptSockets(), max: Number(CONNECTIONS), onnotice: () => {} });
const reader = postgres(DATABASE_URL!, { max: 1 });
const secret = await readSigningSecret(drizzle({ client: reader }));
await reader.end();

interface Body {
  readonly id: string;
  readonly after: string;
  readonly imageIds: string[];
  readonly labelId: string;
}

const project = async (id: string) =>
  (
    await sql`
      select id, name, description, type, image_count, labelled_image_count, created_at, updated_at from project where id = ${id}`
  )[0];

const routes: Record<string, (body: Body) => Promise<unknown>> = {
  '/project-and-images': async ({ id, after }) => ({
    project: await project(id),
    images: await sql`
      select id, file_name, encode(sha256, 'hex') as sha256, format, width, height, byte_size, created_at, is_labelled, annotation_revision, group_key
      from image where project_id = ${id} and deleted_at is null and id < ${after} order by id desc limit 21`,
  }),
  '/images': async ({ id, after }) => {
    const images = await sql`
      select id, file_name, encode(sha256, 'hex') as sha256, width, height, annotation_revision
      from image where project_id = ${id} and deleted_at is null and id < ${after} order by id desc limit 21`;
    const annotations = await sql`
      select image_id, source, confidence, label.id, name, color from annotation join label on label.id = label_id and deleted_at is null
      where image_id = any(${images.map((image) => image['id'] as string)}::uuid[])`;
    const byImage = Map.groupBy(annotations, (annotation) => annotation['image_id'] as string);
    const expires = (Math.floor(Date.now() / 3_600_000) + 2) * 3600;
    return images.map(({ sha256, ...image }) => {
      const subject = `projects/${id}/images/${sha256}/thumbnail`;
      const url = `${OUR_URL}/objects/${subject}?${signGrant(secret, { verb: 'GET', subject, expires })}`;
      return { ...image, url, annotations: byImage.get(image['id'] as string) ?? [] };
    });
  },
  '/project-and-labels': async ({ id }) => ({
    ...(await project(id)),
    labels: await sql`
      select id, name, color, shortcut, image_count from label where project_id = ${id} and deleted_at is null order by id`,
  }),
  '/image': async ({ id }) => {
    const [image] = await sql`
      select id, file_name, encode(sha256, 'hex') as sha256, format, width, height, byte_size, created_at, is_labelled, annotation_revision, group_key
      from image where id = ${id} and deleted_at is null`;
    const annotations = await sql`
      select source, confidence, annotation.created_at, label.id, name, color from annotation join label on label.id = label_id and deleted_at is null
      where image_id = ${id}`;
    return { ...image, annotations };
  },
  '/label': async ({ imageIds, labelId }) =>
    sql`
      update annotation set label_id = ${labelId}, created_at = now() where image_id = any(${imageIds}::uuid[]) returning image_id`,
};

async function authenticate(request: IncomingMessage): Promise<boolean> {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const rows = await sql`
    select token.id, app_user.name from access_token token join app_user on app_user.id = token.user_id
    where token.sha256 = ${createHash('sha256').update(token).digest()} and revoked_at is null and (expires_at is null or expires_at > now())`;
  return rows.length > 0;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    if (request.headers['x-bench-token'] && !(await authenticate(request))) response.writeHead(401).end();
    const data = await routes[request.url!]!(JSON.parse(Buffer.concat(chunks).toString()) as Body);
    const text = Buffer.from(JSON.stringify({ data }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () =>
  process.send!({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.on('disconnect', () => process.exit(0));
