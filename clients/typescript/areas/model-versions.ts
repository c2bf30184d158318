import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  EvaluatedImagesQuery,
  EvaluationFieldsFragment,
  ModelVersionFieldsFragment,
  ModelVersionQuery,
  ThresholdForQuery,
  VerifyModelVersionMutation,
} from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment ModelVersionFields on ModelVersion {
    __typename
    id
    name
    versionNumber
    baseModel
    baseModelSha256
    modelBytes
    modelSha256
    createdAt
    evaluation {
      accuracy
      imageCount
      macro {
        precision
        recall
        f1
      }
    }
    training {
      id
      versionLabel
    }
  }
`);

const listDocument = graphql(`
  query ModelVersions($projectId: ID!, $first: Int, $after: String) {
    modelVersions(projectId: $projectId, first: $first, after: $after) {
      nodes {
        ...ModelVersionFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const getDocument = graphql(`
  query ModelVersion($id: ID!) {
    modelVersion(id: $id) {
      ...ModelVersionFields
      modelUrl
      unfamiliarityThreshold
      classes {
        labelId
        name
        threshold
      }
      recipe {
        stage
        epoch
        epochs
        inputSize
        version
      }
      phases {
        phase
        seconds
      }
      forgetting {
        labelId
        labelName
        recallBefore
        recallAfter
        support
      }
    }
  }
`);

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

const verifyDocument = graphql(`
  mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {
    verifyModelVersion(id: $id, fromFile: $fromFile) {
      ... on ModelVerification {
        __typename
        isEqual
        imageCount
        contradictingImageIds
        differences {
          figure
          stored
          found
        }
        file {
          isUnchanged
          isWithinTolerance
          largestDifference
          imageCount
          unreadableCount
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

export type ModelVersion = ModelVersionFieldsFragment;
export type ModelVersionDetails = NonNullable<ModelVersionQuery['modelVersion']>;
export type Evaluation = EvaluationFieldsFragment;
export type ThresholdPoint = NonNullable<NonNullable<ThresholdForQuery['modelVersion']>['evaluation']['thresholdFor']>;
export type VerifyModelVersionResult = VerifyModelVersionMutation['verifyModelVersion'];
export type EvaluatedImage = NonNullable<EvaluatedImagesQuery['modelVersion']>['evaluation']['images']['nodes'][number];

export const modelVersionOperations = (connection: Connection) => ({
  /** Newest first. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (projectId: string, options?: PageOptions): Pages<ModelVersion> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(listDocument, { projectId, ...page }, { signal })).modelVersions,
      options,
    ),

  /** With its classes, its recipe and the signed address of its ONNX file, good for an hour. */
  get: async (id: string, options?: CallOptions): Promise<ModelVersionDetails | null> =>
    (await connection.request(getDocument, { id }, options)).modelVersion,

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

  /** Counts the stored evaluation again from the stored answers, and asks the file too where `fromFile` says so. Changes nothing. */
  verify: async (
    id: string,
    { fromFile, ...options }: CallOptions & { readonly fromFile?: boolean | undefined } = {},
  ): Promise<VerifyModelVersionResult> =>
    (await connection.request(verifyDocument, { id, fromFile }, { repeatable: true, ...options })).verifyModelVersion,

  /** What the model answered image by image. @throws {ResultError} NOT_FOUND when there is no such model version. */
  evaluatedImages: (modelVersionId: string, options?: PageOptions): Pages<EvaluatedImage> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(evaluatedImagesDocument, { modelVersionId, ...page }, { signal })).modelVersion
          ?.evaluation.images,
      options,
    ),

  /** The ONNX file; null when there is no such model version. */
  download: async (id: string, options?: CallOptions): Promise<Blob | null> => {
    const version = (await connection.request(getDocument, { id }, options)).modelVersion;
    return version && connection.download(version.modelUrl, options);
  },
});
