import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { PredictInput, PredictMutation } from '../generated/graphql.ts';

const predictDocument = graphql(`
  mutation Predict($input: PredictInput!, $first: Int) {
    predict(input: $input) {
      ... on Prediction {
        __typename
        predictedLabel
        predictedLabels
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

export interface PredictOptions extends CallOptions {
  /** How many scores, the most probable first; default 5. */
  readonly scores?: number | undefined;
}

export const predictionOperations = (connection: Connection) => ({
  /** What a model version says to an image of the project, or to a file that was sent to an upload address. */
  predict: async (input: PredictInput, { scores, ...options }: PredictOptions = {}): Promise<PredictResult> =>
    (await connection.request(predictDocument, { input, first: scores }, { repeatable: true, ...options })).predict,
});
