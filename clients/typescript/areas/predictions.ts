import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { PredictInput, PredictMutation } from '../generated/graphql.ts';
import { sendFile, type SendFileResult } from '../uploads/send-file.ts';
import type { UploadFile } from '../uploads/upload-images.ts';

const predictDocument = graphql(`
  mutation Predict($input: PredictInput!, $first: Int) {
    predict(input: $input) {
      ... on Prediction {
        __typename
        predictedLabel
        predictedLabels
        unfamiliarity
        isUnfamiliar
        scores(first: $first) {
          labelId
          labelName
          probability
          isPredicted
        }
        modelVersion {
          id
          name
        }
      }
      ...UserErrorFields
    }
  }
`);

export type PredictResult = PredictMutation['predict'];

/** As {@link PredictResult}, or why the file was not taken. */
export type PredictFileResult = PredictResult | Exclude<SendFileResult, { readonly __typename: 'SentFile' }>;

export interface PredictOptions extends CallOptions {
  /** How many scores, the most probable first; default 5. */
  readonly scores?: number | undefined;
}

export const predictionOperations = (connection: Connection) => {
  const predict = async (input: PredictInput, { scores, ...options }: PredictOptions = {}): Promise<PredictResult> =>
    (await connection.request(predictDocument, { input, first: scores }, { repeatable: true, ...options })).predict;
  return {
    /** What a model version says to an image of the project, or to a file that was sent to an upload address. */
    predict,

    /** What a model version says to a file, which does not become an image. @throws {ExemplarError} when it cannot be read. */
    predictFile: async (
      { projectId, modelVersionId }: { readonly projectId: string; readonly modelVersionId: string },
      file: UploadFile,
      options: PredictOptions = {},
    ): Promise<PredictFileResult> => {
      const sent = await sendFile(connection, projectId, file, options);
      return sent.__typename === 'SentFile' ? predict({ modelVersionId, uploadId: sent.uploadId }, options) : sent;
    },
  };
};
