import type { CallForm } from './call-form.ts';
import { customVisionForm } from './custom-vision-form.ts';
import { infersForm } from './infers-form.ts';
import { ownForm } from './own-form.ts';

/** The form of a call by its address; undefined when it is none of a deployment. */
export function callFormOf(url: URL): CallForm | undefined {
  const own = /^\/deployments\/([^/]+)\/predict$/.exec(url.pathname);
  if (own) return ownForm(own[1]!, url.searchParams);
  const infers = /^\/v1\/infers\/([^/]+)$/.exec(url.pathname);
  if (infers) return infersForm(infers[1]!);
  const customVision =
    /^\/customvision\/v3\.\d\/prediction\/([^/]+)\/classify\/iterations\/([^/]+)\/image(\/nostore)?$/i.exec(
      url.pathname,
    );
  if (customVision) return customVisionForm(customVision[1]!, customVision[2]!, customVision[3] === undefined);
  return undefined;
}
