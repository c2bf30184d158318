import { graphql } from '../generated/gql.ts';

export const createUploadsDocument = graphql(`
  mutation CreateImageUploads($input: CreateImageUploadsInput!) {
    createImageUploads(input: $input) {
      ... on CreateImageUploadsPayload {
        __typename
        results {
          ... on ImageUpload {
            __typename
            id
            uploadUrl
            headers {
              name
              value
            }
          }
          ... on UploadRefused {
            __typename
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

export const completeUploadsDocument = graphql(`
  mutation CompleteImageUploads($uploadIds: [ID!]!) {
    completeImageUploads(uploadIds: $uploadIds) {
      ... on CompleteImageUploadsPayload {
        __typename
        results {
          ... on CompletedImageUpload {
            __typename
            uploadId
            outcome
            image {
              ...ImageFields
            }
          }
          ... on ImageUploadRefused {
            __typename
            uploadId
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
