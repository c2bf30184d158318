/** One request of the comparison: what a client of ours sends, and what the hand-written server takes for the same. */
export interface ApiCase {
  readonly name: string;
  /** Route of the hand-written server. */
  readonly route: string;
  readonly query: string;
  readonly variablesOf: (place: Place) => Record<string, unknown>;
}

/** Somewhere in the project. */
export interface Place {
  readonly projectId: string;
  readonly imageId: string;
  readonly labelId: string;
}

const projectFields = 'id name description type imageCount labelledImageCount createdAt updatedAt';
const imageFields = 'id fileName sha256 format width height byteSize createdAt isLabelled annotationRevision group';
const ofProject = ({ projectId }: Place) => ({ id: `Project_${projectId}` });

/** What people look at: lists and things by id. */
export const readingCases: readonly ApiCase[] = [
  {
    name: 'a project and 20 images',
    route: '/project-and-images',
    query: `query ($id: ID!, $after: String) {
      project(id: $id) { ${projectFields} }
      images(projectId: $id, first: 20, after: $after) { nodes { ${imageFields} } pageInfo { hasNextPage endCursor } } }`,
    variablesOf: (place) => ({ ...ofProject(place), after: place.imageId }),
  },
  {
    name: '20 images with labels and addresses',
    route: '/images',
    query: `query ($id: ID!, $after: String) {
      images(projectId: $id, first: 20, after: $after) {
        nodes { id fileName width height annotationRevision url annotations { source confidence label { id name color } } }
        pageInfo { hasNextPage endCursor } } }`,
    variablesOf: (place) => ({ ...ofProject(place), after: place.imageId }),
  },
  {
    name: 'a project with its labels',
    route: '/project-and-labels',
    query: `query ($id: ID!) { project(id: $id) { ${projectFields} labels { id name color shortcut imageCount } } }`,
    variablesOf: ofProject,
  },
  {
    name: 'an image with its labels',
    route: '/image',
    query: `query ($id: ID!) { image(id: $id) { ${imageFields} annotations { source confidence createdAt label { id name color } } } }`,
    variablesOf: ({ imageId }) => ({ id: `Image_${imageId}` }),
  },
];

export const labellingQuery = `mutation ($input: AnnotateImagesInput!) {
  annotateImages(input: $input) { __typename
    ... on AnnotateImagesPayload { results { __typename ... on AnnotatedImage { image { id annotationRevision } } } }
    ... on UserError { code message } } }`;

/** Variables of {@link labellingQuery}: the images get the one label. */
export const labellingVariables = (projectId: string, imageIds: readonly string[], labelId: string) => ({
  input: {
    projectId: `Project_${projectId}`,
    annotations: imageIds.map((id) => ({ imageId: `Image_${id}`, labelId: `Label_${labelId}` })),
  },
});
