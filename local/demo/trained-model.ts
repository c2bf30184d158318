import type { TrainingPhase } from './training-events.ts';
import { graphql, ServiceError, type Endpoint } from './graphql-client.ts';
import type { LabelledPicture, SkippedFile } from './picture-set.ts';
import { sendPictures } from './upload-pictures.ts';

export interface ClassStatistics {
  readonly labelName: string;
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly oneVsRestAccuracy: number;
}

export interface TrainedModel {
  readonly id: string;
  readonly name: string;
  readonly modelBytes: number;
  readonly phases: readonly { readonly phase: TrainingPhase; readonly seconds: number }[];
  readonly evaluation: {
    readonly imageCount: number;
    readonly accuracy: number;
    readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
    readonly confidence: {
      readonly accuracy: { readonly lower: number; readonly upper: number };
      readonly crossValidated: { readonly imageCount: number; readonly accuracy: number } | null;
    } | null;
    readonly classStatistics: readonly ClassStatistics[];
    /** Actual (outer) by predicted (inner) class; the demo's project has one label an image. */
    readonly confusionMatrix: readonly (readonly number[])[];
  };
}

export interface Prediction {
  readonly file: string;
  readonly expected: string;
  readonly predictedLabel: string;
  /** Most probable first. */
  readonly scores: readonly { readonly label: string; readonly probability: number }[];
}

const modelDocument = `query Model($trainingId: ID!) {
  training(id: $trainingId) {
    modelVersion {
      id name modelBytes phases { phase seconds }
      evaluation {
        imageCount accuracy macro { precision recall f1 } confidence { accuracy { lower upper } crossValidated { imageCount accuracy } }
        classStatistics { labelName support precision recall f1 oneVsRestAccuracy }
        confusionMatrix
      }
    }
  }
}`;

const predictDocument = `mutation Predict($input: PredictInput!) {
  predict(input: $input) {
    __typename
    ... on UserError { code message }
    ... on Prediction { predictedLabel scores(first: 5) { labelName probability } }
  }
}`;

/** What a completed training left. */
export async function readTrainedModel(endpoint: Endpoint, trainingId: string): Promise<TrainedModel> {
  const { training } = await graphql<{ training: { modelVersion: TrainedModel | null } | null }>(
    endpoint,
    modelDocument,
    {
      trainingId,
    },
  );
  if (!training?.modelVersion) throw new ServiceError('The training has completed without a model.');
  return training.modelVersion;
}

/** What the model says to a picture that never becomes an image of the project; undefined when the picture is refused. */
export async function predictPicture(
  endpoint: Endpoint,
  projectId: string,
  modelVersionId: string,
  picture: LabelledPicture,
  onRefused: (refused: SkippedFile) => void,
): Promise<Prediction | undefined> {
  const [sent] = await sendPictures(endpoint, projectId, [picture], onRefused);
  if (!sent) return undefined;
  const input = { modelVersionId, uploadId: sent.uploadId };
  try {
    const { predict } = await graphql<{
      predict: { predictedLabel: string; scores: { labelName: string; probability: number }[] };
    }>(endpoint, predictDocument, { input });
    return {
      file: picture.file,
      expected: picture.label,
      predictedLabel: predict.predictedLabel,
      scores: predict.scores.map(({ labelName, probability }) => ({ label: labelName, probability })),
    };
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'PICTURE_REFUSED')) throw error;
    onRefused({ file: picture.file, reason: error.message });
    return undefined;
  }
}
