import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signGrant } from '#core/platform/signed-url.ts';
import { World, type TestProject } from '#test/world.ts';

const forms = ['original', 'normalised', 'thumbnail'] as const;

describe('downloads', () => {
  let world: World;
  let project: TestProject;
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat'], images: 2 });
  });
  afterAll(() => world.close());

  const urlOf = async (form: (typeof forms)[number], imageId = project.imageIds[0]![0]!): Promise<URL> => {
    const { image } = await world.admin.ask(
      `query ($id: ID!, $form: ImageForm) { image(id: $id) { url(form: $form) } }`,
      {
        id: imageId,
        form: form.toUpperCase(),
      },
    );
    return new URL(image.url);
  };

  test.each([
    ['original', 'application/octet-stream', 'attachment; filename="original"', 'jpeg'],
    ['normalised', 'image/jpeg', 'inline', 'jpeg'],
    ['thumbnail', 'image/jpeg', 'inline', 'jpeg'],
  ] as const)(
    'give the %s form without a token, as %s, fenced in for browsers',
    async (form, type, disposition, format) => {
      const url = await urlOf(form);
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': disposition,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'cache-control': 'private, max-age=3600, immutable',
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-length')).toBe(String(bytes.byteLength));
      expect(await sharp(bytes).metadata()).toMatchObject({ format, width: 64, height: 48 });
      const head = await fetch(url, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(head.headers.get('content-length')).toBe(String(bytes.byteLength));
      expect(await head.text()).toBe('');
    },
  );

  test('never show foreign bytes as a page, whatever they are', async () => {
    const key = 'projects/p/images/0/original';
    await world.platform.objects.put(key, html);
    const response = await fetch(addressOf(key, inOneMinute()));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await response.text()).toBe(html.toString());
  });

  const inOneMinute = () => Math.floor(Date.now() / 1000) + 60;
  const addressOf = (key: string, expires: number, verb: 'GET' | 'PUT' = 'GET') =>
    `${world.url}/objects/${key}?${signGrant(world.platform.signingSecret, { verb, subject: key, expires })}`;

  test.each<[string, (url: URL) => string | Promise<string>]>([
    ['without a signature', (url) => url.origin + url.pathname],
    ['with an empty signature', (url) => withParameter(url, 'signature', '')],
    [
      'with one letter of the signature changed',
      (url) => withParameter(url, 'signature', flip(url.searchParams.get('signature')!)),
    ],
    ['with a longer time', (url) => withParameter(url, 'expires', String(Number(url.searchParams.get('expires')) + 1))],
    ['with a time that is no number', (url) => withParameter(url, 'expires', 'never')],
    ['with another form', (url) => url.href.replace('/thumbnail?', '/original?')],
    [
      'of another image',
      async (url) => (await urlOf('thumbnail', project.imageIds[0]![1])).pathname.replace(/^/, url.origin) + url.search,
    ],
    ['that has expired', (url) => addressOf(url.pathname.slice('/objects/'.length), Math.floor(Date.now() / 1000) - 1)],
    ['signed for another verb', (url) => addressOf(url.pathname.slice('/objects/'.length), inOneMinute(), 'PUT')],
    ['that leaves the folder', (url) => url.href.replace(/objects\/.*\?/, 'objects/..%2f..%2fetc%2fpasswd?')],
  ])('refuse an address %s', async (_what, alter) => {
    const url = await urlOf('thumbnail');
    expect((await fetch(url)).status).toBe(200);
    const response = await fetch(await alter(url));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ code: 'FORBIDDEN', message: expect.stringContaining('expired') });
  });

  test('say 404 for bytes that are gone, and 404 for other verbs', async () => {
    const gone = await fetch(addressOf('projects/p/images/1/thumbnail', inOneMinute()));
    expect([gone.status, await gone.json()]).toEqual([404, { code: 'NOT_FOUND', message: expect.any(String) }]);
    expect((await fetch(await urlOf('original'), { method: 'PUT', body: 'x' })).status).toBe(404);
  });

  test('have addresses that stay the same within an hour and hold for at least one', async () => {
    const [first, second] = [await urlOf('original'), await urlOf('original')];
    const expires = Number(first.searchParams.get('expires'));
    expect(expires - Date.now() / 1000).toBeGreaterThan(3600 - 60);
    expect(expires % 3600).toBe(0);
    // Only the full hour striking between the two calls may change it.
    if (Number(second.searchParams.get('expires')) === expires) expect(second.href).toBe(first.href);
  });
});

function withParameter(url: URL, name: string, value: string): string {
  const altered = new URL(url);
  altered.searchParams.set(name, value);
  return altered.href;
}

const flip = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
