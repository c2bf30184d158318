import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  DeleteImagesInput,
  DeleteImagesMutation,
  ImageFieldsFragment,
  ImageFilter,
  ImageForm,
  ImageOrder,
  OrderDirection,
  SetImageGroupInput,
  SetImageGroupMutation,
  SetImageSplitInput,
  SetImageSplitMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';
import { UploadRun, type UploadFile, type UploadOptions, type UploadResult } from '../uploads/upload-images.ts';

graphql(`
  fragment ImageFields on Image {
    __typename
    id
    fileName
    byteSize
    format
    width
    height
    sha256
    group
    splitOverride
    isLabelled
    annotationRevision
    annotations {
      source
      confidence
      createdAt
      label {
        id
        name
        color
      }
    }
    createdAt
  }
`);

const listDocument = graphql(`
  query Images(
    $projectId: ID!
    $filter: ImageFilter
    $orderBy: ImageOrder
    $direction: OrderDirection
    $first: Int
    $after: String
    $form: ImageForm
  ) {
    images(
      projectId: $projectId
      filter: $filter
      orderBy: $orderBy
      direction: $direction
      first: $first
      after: $after
    ) {
      nodes {
        ...ImageFields
        url(form: $form)
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const countDocument = graphql(`
  query ImageCount($projectId: ID!, $filter: ImageFilter) {
    images(projectId: $projectId, filter: $filter, first: 1) {
      totalCount
    }
  }
`);

const nearDuplicatesDocument = graphql(`
  query NearDuplicates($id: ID!, $form: ImageForm) {
    image(id: $id) {
      nearDuplicates {
        ...ImageFields
        url(form: $form)
      }
    }
  }
`);

const getDocument = graphql(`
  query Image($id: ID!, $form: ImageForm) {
    image(id: $id) {
      ...ImageFields
      url(form: $form)
    }
  }
`);

const deleteDocument = graphql(`
  mutation DeleteImages($input: DeleteImagesInput!) {
    deleteImages(input: $input) {
      ... on DeleteImagesPayload {
        __typename
        deletedCount
        project {
          ...ProjectFields
        }
      }
      ...UserErrorFields
    }
  }
`);

graphql(`
  fragment ChangedImages on ChangeImagesPayload {
    __typename
    results {
      ... on ChangedImage {
        __typename
        image {
          ...ImageFields
        }
      }
      ... on ImageChangeRefused {
        __typename
        imageId
        error {
          ...UserErrorFields
        }
      }
    }
  }
`);

const setGroupDocument = graphql(`
  mutation SetImageGroup($input: SetImageGroupInput!) {
    setImageGroup(input: $input) {
      ...ChangedImages
      ...UserErrorFields
    }
  }
`);

const setSplitDocument = graphql(`
  mutation SetImageSplit($input: SetImageSplitInput!) {
    setImageSplit(input: $input) {
      ...ChangedImages
      ...UserErrorFields
    }
  }
`);

export type Image = ImageFieldsFragment;
/** An image with the signed address of the form asked for, good for at least an hour. */
export type ImageWithUrl = Image & { readonly url: string };
export type DeleteImagesResult = DeleteImagesMutation['deleteImages'];
export type SetImageGroupResult = SetImageGroupMutation['setImageGroup'];
export type SetImageSplitResult = SetImageSplitMutation['setImageSplit'];

export interface ListImagesOptions extends PageOptions {
  readonly filter?: ImageFilter | undefined;
  /** Default `UPLOADED_AT`. */
  readonly orderBy?: ImageOrder | undefined;
  /** Default: newest first by upload time, from A to Z by file name. */
  readonly direction?: OrderDirection | undefined;
  /** What `url` leads to; default `THUMBNAIL`. */
  readonly form?: ImageForm | undefined;
}

export const imageOperations = (connection: Connection) => ({
  /** Images of a project that meet all conditions of the filter. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (
    projectId: string,
    { filter, orderBy, direction, form, ...options }: ListImagesOptions = {},
  ): Pages<ImageWithUrl> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, filter, orderBy, direction, form, ...page }, { signal }))
          .images,
      options,
    ),

  /** How many there are, where that is maintained: all, by `isLabelled`, by `labelId`; otherwise, or without such a project, null. */
  count: async (
    projectId: string,
    { filter, ...options }: CallOptions & { readonly filter?: ImageFilter | undefined } = {},
  ): Promise<number | null> =>
    (await connection.request(countDocument, { projectId, filter }, options)).images?.totalCount ?? null,

  /** Other images of the project that look alike, at most 20; null when there is no such image. */
  nearDuplicates: async (
    id: string,
    { form, ...options }: CallOptions & { readonly form?: ImageForm | undefined } = {},
  ): Promise<readonly ImageWithUrl[] | null> =>
    (await connection.request(nearDuplicatesDocument, { id, form }, options)).image?.nearDuplicates ?? null,

  get: async (
    id: string,
    { form, ...options }: CallOptions & { readonly form?: ImageForm | undefined } = {},
  ): Promise<ImageWithUrl | null> => (await connection.request(getDocument, { id, form }, options)).image,

  /**
   * Announces, sends and completes any number of files; gives a result for each in the order given, as soon as it is known. What is
   * wrong with one file does not touch the others. Breaking off the loop stops the upload.
   * @throws {ResultError} NOT_FOUND, PERMISSION_DENIED
   */
  upload: (
    projectId: string,
    files: Iterable<UploadFile> | AsyncIterable<UploadFile>,
    options?: UploadOptions,
  ): AsyncIterableIterator<UploadResult> => new UploadRun(connection, projectId, options).results(files),

  /** Up to 1,000 at once; ids that are not there are skipped. */
  delete: async (input: DeleteImagesInput, options?: CallOptions): Promise<DeleteImagesResult> =>
    (await connection.request(deleteDocument, { input }, { repeatable: true, ...options })).deleteImages,

  /** Says that up to 1,000 images belong together: a group stands on one side of the split. */
  setGroup: async (input: SetImageGroupInput, options?: CallOptions): Promise<SetImageGroupResult> =>
    (await connection.request(setGroupDocument, { input }, { repeatable: true, ...options })).setImageGroup,

  /** Puts up to 1,000 images on a side of the split in all dataset versions to come; null = automatic again. */
  setSplit: async (input: SetImageSplitInput, options?: CallOptions): Promise<SetImageSplitResult> =>
    (await connection.request(setSplitDocument, { input }, { repeatable: true, ...options })).setImageSplit,
});
