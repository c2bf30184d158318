import type { Draw } from './draw.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { hostilePicture } from './picture-samples.ts';
import { wildText } from './wild-text.ts';

/** A body as multipart/form-data with pictures under `field`, and the type to send it as; either may be broken anywhere. */
export function hostileForm(
  draw: Draw,
  field: string,
  samples: readonly Buffer[],
  mixins: readonly Buffer[],
): { type: string; body: Buffer } {
  const boundary = draw.pick(['x', '----WebKitFormBoundaryAbc', "'()+_,-./:=?", 'a'.repeat(70), 'a'.repeat(200)]);
  const disposition = () => {
    const name = wildText(draw).replaceAll(/[\r\n]/g, ' ');
    return draw.pick([
      `form-data; name="${field}"; filename="${name}"`,
      `form-data; name="${field}"; filename*=UTF-8''%e2%82%ac.jpg`,
      'form-data; name="text"',
      `form-data; filename=${name}`,
      'attachment',
      '',
      `form-data; name="${'x'.repeat(2000)}"; filename="a.jpg"`,
    ]);
  };
  const parts = draw.some(4, () => {
    const type = draw.pick([
      'image/jpeg',
      'application/octet-stream',
      'text/plain',
      'multipart/mixed; boundary=x',
      'image/jpeg; charset=utf-16',
    ]);
    const encoding = draw.pick(['', 'content-transfer-encoding: base64\r\n', 'content-transfer-encoding: x\r\n']);
    return Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: ${disposition()}\r\ncontent-type: ${type}\r\n${encoding}\r\n`),
      hostilePicture(draw, samples, mixins),
      Buffer.from('\r\n'),
    ]);
  });
  const whole = Buffer.concat([...parts, Buffer.from(draw.chance(0.9) ? `--${boundary}--\r\n` : '')]);
  const body = draw.chance(0.5) ? mutateBytes(whole, draw, Buffer.from(`\r\n--${boundary}\r\n`)) : whole;
  const type = draw.pick([
    `multipart/form-data; boundary=${boundary}`,
    `multipart/form-data; boundary=${boundary}`,
    `multipart/form-data; boundary="${boundary}"`,
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/json',
    `multipart/form-data; boundary=${wildText(draw)}`,
  ]);
  return { type: type.replaceAll(/[^ -~]/g, ''), body };
}
