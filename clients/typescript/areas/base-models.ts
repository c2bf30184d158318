import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  BaseModelsQuery,
  BaseModelUploadFieldsFragment,
  CreateBaseModelUploadInput,
  CreateBaseModelUploadMutation,
  DeleteBaseModelMutation,
} from '../generated/graphql.ts';
import { hasMistake, type Mistake } from '../result.ts';
import { blobOf, type UploadSource } from '../uploads/blob-of.ts';
import { putBlob } from '../uploads/put-blob.ts';

const listDocument = graphql(`
  query BaseModels {
    baseModels {
      name
      version
      source
      licence
      bytes
      sha256
      dimension
      inputSize
      parameters
      multiplyAdds
      millisecondsPerPicture
      trainable
      frozenOperators
      remarks
      offeredAt
    }
  }
`);

graphql(`
  fragment BaseModelUploadFields on BaseModelUpload {
    __typename
    id
    name
    state
    message
    createdAt
  }
`);

const uploadsDocument = graphql(`
  query BaseModelUploads {
    baseModelUploads {
      ...BaseModelUploadFields
    }
  }
`);

const createUploadDocument = graphql(`
  mutation CreateBaseModelUpload($input: CreateBaseModelUploadInput!) {
    createBaseModelUpload(input: $input) {
      ... on CreatedBaseModelUpload {
        __typename
        uploadUrl
        upload {
          ...BaseModelUploadFields
        }
      }
      ...UserErrorFields
    }
  }
`);

const deleteDocument = graphql(`
  mutation DeleteBaseModel($name: String!) {
    deleteBaseModel(name: $name) {
      ... on DeletedBaseModel {
        __typename
        name
      }
      ...UserErrorFields
    }
  }
`);

export type BaseModel = BaseModelsQuery['baseModels'][number];
export type BaseModelUpload = BaseModelUploadFieldsFragment;
export type DeleteBaseModelResult = DeleteBaseModelMutation['deleteBaseModel'];
/** The upload, whose bytes have arrived and which a worker will try; or why there is none. */
export type UploadBaseModelResult = BaseModelUpload | Mistake<CreateBaseModelUploadMutation['createBaseModelUpload']>;

export const baseModelOperations = (connection: Connection) => ({
  /** What workers offer, by name. */
  list: async (options?: CallOptions): Promise<readonly BaseModel[]> =>
    (await connection.request(listDocument, {}, options)).baseModels,

  /** The last 100, newest first; none for others than administrators. */
  uploads: async (options?: CallOptions): Promise<readonly BaseModelUpload[]> =>
    (await connection.request(uploadsDocument, {}, options)).baseModelUploads,

  /** Announces an ONNX file and sends its bytes. Its state in `uploads` then says whether it has become a base model. */
  upload: async (
    source: UploadSource,
    input: Omit<CreateBaseModelUploadInput, 'byteSize'>,
    options: CallOptions = {},
  ): Promise<UploadBaseModelResult> => {
    const { blob } = await blobOf(source);
    const announced = (
      await connection.request(createUploadDocument, { input: { ...input, byteSize: blob.size } }, options)
    ).createBaseModelUpload;
    if (hasMistake(announced)) return announced;
    await putBlob(connection, announced.uploadUrl, blob, [], options.signal);
    return announced.upload;
  },

  /** An uploaded one, with its files. */
  delete: async (name: string, options?: CallOptions): Promise<DeleteBaseModelResult> =>
    (await connection.request(deleteDocument, { name }, options)).deleteBaseModel,
});
