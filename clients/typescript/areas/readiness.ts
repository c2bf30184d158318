import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type { TrainingConfigInput, TrainingReadinessQuery } from '../generated/graphql.ts';

const readinessDocument = graphql(`
  query TrainingReadiness($projectId: ID!, $config: TrainingConfigInput, $datasetVersionName: String) {
    trainingReadiness(projectId: $projectId, config: $config, datasetVersionName: $datasetVersionName) {
      isReady
      datasetVersionName
      config {
        ...TrainingConfigFields
      }
      blockers {
        code
        message
        labelId
      }
      warnings {
        code
        message
        labelId
        imageIds
      }
      split {
        labelId
        name
        trainCount
        validationCount
        testCount
      }
    }
  }
`);

export type TrainingReadiness = NonNullable<TrainingReadinessQuery['trainingReadiness']>;

export interface ReadinessOptions extends CallOptions {
  /** Differences from the project's saved config. */
  readonly config?: TrainingConfigInput | undefined;
  readonly datasetVersionName?: string | undefined;
}

export const readinessOperations = (connection: Connection) => ({
  /** The check that guards `trainings.start`: blockers, warnings and the exact split; null when there is no such project. */
  check: async (
    projectId: string,
    { config, datasetVersionName, ...options }: ReadinessOptions = {},
  ): Promise<TrainingReadiness | null> =>
    (await connection.request(readinessDocument, { projectId, config, datasetVersionName }, options)).trainingReadiness,
});
