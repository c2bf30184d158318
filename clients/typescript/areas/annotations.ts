import { batches } from '../batches.ts';
import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { AnnotateImageInput, AnnotateImagesInput, AnnotateImagesMutation } from '../generated/graphql.ts';
import { orThrow } from '../result.ts';

const annotateDocument = graphql(`
  mutation AnnotateImages($input: AnnotateImagesInput!) {
    annotateImages(input: $input) {
      ... on AnnotateImagesPayload {
        __typename
        project {
          ...ProjectFields
        }
        results {
          ... on AnnotatedImage {
            __typename
            image {
              ...ImageFields
            }
          }
          ... on AnnotationRefused {
            __typename
            imageId
            error {
              ...UserErrorFields
            }
          }
        }
      }
      ...UserErrorFields
    }
  }
`);

export type AnnotateImagesResult = AnnotateImagesMutation['annotateImages'];
type AnnotateImagesPayload = Extract<AnnotateImagesResult, { readonly __typename: 'AnnotateImagesPayload' }>;
/** What became of one image: `AnnotatedImage` or `AnnotationRefused`. */
export type AnnotateImageResult = AnnotateImagesPayload['results'][number];

const largestBatch = 1000;

export const annotationOperations = (connection: Connection) => {
  const annotate = async (input: AnnotateImagesInput, options?: CallOptions): Promise<AnnotateImagesResult> =>
    (
      await connection.request(
        annotateDocument,
        { input },
        // The same labels twice are the same labels; a revision that was seen is passed by then.
        { repeatable: input.annotations.every(({ expectedRevision }) => expectedRevision == null), ...options },
      )
    ).annotateImages;
  return {
    /** Labels up to 1,000 images at once; what is wrong with one does not touch the others. */
    annotate,

    /**
     * Labels any number of images, in calls of 1,000; gives a result for each in the order given.
     * @throws {ResultError} NOT_FOUND, PERMISSION_DENIED
     */
    async *annotateAll(
      projectId: string,
      annotations: Iterable<AnnotateImageInput> | AsyncIterable<AnnotateImageInput>,
      options?: CallOptions,
    ): AsyncGenerator<AnnotateImageResult, void> {
      for await (const batch of batches(annotations, largestBatch))
        yield* (await orThrow(annotate({ projectId, annotations: batch }, options))).results;
    },
  };
};
