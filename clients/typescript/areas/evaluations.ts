import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { EvaluatedImagesQuery, EvaluationFieldsFragment, ThresholdForQuery } from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment EvaluationFields on Evaluation {
    split
    imageCount
    accuracy
    macro {
      precision
      recall
      f1
    }
    micro {
      precision
      recall
      f1
    }
    weighted {
      precision
      recall
      f1
    }
    confusionMatrix
    classStatistics {
      classIndex
      labelId
      labelName
      support
      predictedCount
      truePositives
      precision
      recall
      f1
      oneVsRestAccuracy
      threshold
    }
    confidence {
      temperature
      calibrationErrorBefore
      calibrationErrorAfter
      accuracy {
        lower
        upper
      }
      macroF1 {
        lower
        upper
      }
      classes {
        precision {
          lower
          upper
        }
        recall {
          lower
          upper
        }
      }
      crossValidated {
        accuracy
        macroF1
        folds
        imageCount
      }
    }
    datasetVersion {
      ...DatasetVersionFields
    }
    calibration {
      temperatures
      before {
        expectedCalibrationError
        brier
        crossEntropy
      }
      after {
        expectedCalibrationError
        brier
        crossEntropy
      }
    }
    unfamiliarCount
  }
`);

const evaluationDocument = graphql(`
  query Evaluation($modelVersionId: ID!) {
    modelVersion(id: $modelVersionId) {
      evaluation {
        ...EvaluationFields
      }
    }
  }
`);

const testEvaluationDocument = graphql(`
  query TestEvaluation($modelVersionId: ID!) {
    modelVersion(id: $modelVersionId) {
      testEvaluation {
        ...EvaluationFields
      }
    }
  }
`);

const thresholdDocument = graphql(`
  query ThresholdFor($modelVersionId: ID!, $precision: Float!, $labelId: ID) {
    modelVersion(id: $modelVersionId) {
      evaluation {
        thresholdFor(precision: $precision, labelId: $labelId) {
          threshold
          imageCount
          acceptedCount
          coverage
          precision
          recall
          precisionInterval {
            lower
            upper
          }
        }
      }
    }
  }
`);

const evaluatedImagesDocument = graphql(`
  query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {
    modelVersion(id: $modelVersionId) {
      evaluation {
        images(first: $first, after: $after) {
          nodes {
            imageId
            probabilities
            unfamiliarity
            isUnfamiliar
            actual {
              labelId
              name
            }
            predicted {
              labelId
              name
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

export type Evaluation = EvaluationFieldsFragment;
export type ThresholdPoint = NonNullable<NonNullable<ThresholdForQuery['modelVersion']>['evaluation']['thresholdFor']>;
export type EvaluatedImage = NonNullable<EvaluatedImagesQuery['modelVersion']>['evaluation']['images']['nodes'][number];

/** The part of `modelVersions` that says how good they are. */
export const evaluationOperations = (connection: Connection) => ({
  /** All metrics on the validation split: per class, confusion matrix, confidence. */
  evaluation: async (modelVersionId: string, options?: CallOptions): Promise<Evaluation | null> =>
    (await connection.request(evaluationDocument, { modelVersionId }, options)).modelVersion?.evaluation ?? null,

  /** The same on the test split, whose images decided nothing; null where there is none. */
  testEvaluation: async (modelVersionId: string, options?: CallOptions): Promise<Evaluation | null> =>
    (await connection.request(testEvaluationDocument, { modelVersionId }, options)).modelVersion?.testEvaluation ??
    null,

  /**
   * The lowest confidence threshold of which at least a share of what it decides is right (above 0 to 1), of one label or of all together;
   * null where there is none.
   */
  thresholdFor: async (
    modelVersionId: string,
    precision: number,
    { labelId, ...options }: CallOptions & { readonly labelId?: string | undefined } = {},
  ): Promise<ThresholdPoint | null> =>
    (await connection.request(thresholdDocument, { modelVersionId, precision, labelId }, options)).modelVersion
      ?.evaluation.thresholdFor ?? null,

  /** What the model answered image by image. @throws {ResultError} NOT_FOUND when there is no such model version. */
  evaluatedImages: (modelVersionId: string, options?: PageOptions): Pages<EvaluatedImage> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(evaluatedImagesDocument, { modelVersionId, ...page }, { signal })).modelVersion
          ?.evaluation.images,
      options,
    ),
});
