import { createHash } from 'node:crypto';
import { check, type Check } from './check.ts';
import type { ChaosProject, People } from './people.ts';

interface FoundImage {
  readonly id: string;
  readonly sha256: string;
  readonly url: string;
  readonly annotations: readonly { readonly label: { readonly id: string } }[];
}

/** Every picture that was acknowledged is there with its bytes and its label. */
export async function checkImages(people: People, projects: readonly ChaosProject[]): Promise<Check> {
  const found = new Map<string, FoundImage>();
  for (const { id } of projects) for (const image of await imagesOf(people, id)) found.set(image.id, image);
  const problems: string[] = [];
  for (const { id, sha256, labelId } of people.images) {
    const image = found.get(id);
    const labels = image?.annotations.map(({ label }) => label.id);
    if (!image) problems.push(`${id} is gone`);
    else if (labels?.join() !== labelId) problems.push(`${id} has the labels ${labels?.join()} instead of ${labelId}`);
    else if (image.sha256 !== sha256 || (await digestOf(image.url)) !== sha256) problems.push(`${id} has other bytes`);
  }
  return check('acknowledged uploads and labels are there', 'images', people.images.length, problems);
}

async function imagesOf(people: People, projectId: string): Promise<FoundImage[]> {
  const images: FoundImage[] = [];
  for (let after: string | null = null; ;) {
    const { project } = await people.ask(
      `query ($id: ID!, $after: String) { project(id: $id) { images(first: 100, after: $after) {
        nodes { id sha256 url(form: ORIGINAL) annotations { label { id } } } pageInfo { hasNextPage endCursor } } } }`,
      { id: projectId, after },
    );
    images.push(...project.images.nodes);
    if (!project.images.pageInfo.hasNextPage) return images;
    after = project.images.pageInfo.endCursor;
  }
}

async function digestOf(url: string): Promise<string> {
  const response = await fetch(url);
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}
