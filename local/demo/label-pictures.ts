import { graphql, type Endpoint } from './graphql-client.ts';
import { labelsOf } from './picture-set.ts';
import type { UploadedPicture } from './upload-pictures.ts';

const batchSize = 1000;

const createLabelDocument = `mutation CreateLabel($input: CreateLabelInput!) {
  createLabel(input: $input) { __typename ... on UserError { code message } ... on Label { id } }
}`;

const annotateDocument = `mutation Annotate($input: AnnotateImagesInput!) {
  annotateImages(input: $input) {
    __typename
    ... on UserError { code message }
    ... on AnnotateImagesPayload {
      project { labelledImageCount }
      results { ... on AnnotationRefused { error { message } } }
    }
  }
}`;

/** Makes the labels and puts them on the images; resolves with the number of labelled images. */
export async function labelPictures(
  endpoint: Endpoint,
  projectId: string,
  uploaded: readonly UploadedPicture[],
): Promise<{ labelCount: number; labelledCount: number; refused: string[] }> {
  const labelIds = new Map<string, string>();
  for (const name of labelsOf(uploaded.map(({ picture }) => picture))) {
    const input = { projectId, name };
    const { createLabel } = await graphql<{ createLabel: { id: string } }>(endpoint, createLabelDocument, { input });
    labelIds.set(name, createLabel.id);
  }
  let labelledCount = 0;
  const refused: string[] = [];
  for (let start = 0; start < uploaded.length; start += batchSize) {
    const annotations = uploaded
      .slice(start, start + batchSize)
      .map(({ picture, imageId }) => ({ imageId, labelId: labelIds.get(picture.label)! }));
    const { annotateImages } = await graphql<{
      annotateImages: { project: { labelledImageCount: number }; results: { error?: { message: string } }[] };
    }>(endpoint, annotateDocument, { input: { projectId, annotations } });
    labelledCount = annotateImages.project.labelledImageCount;
    annotateImages.results.forEach(({ error }, index) => {
      if (error) refused.push(`${uploaded[start + index]!.picture.file}: ${error.message}`);
    });
  }
  return { labelCount: labelIds.size, labelledCount, refused };
}
