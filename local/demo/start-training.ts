import { randomUUID } from 'node:crypto';
import type { DemoArguments } from './arguments.ts';
import { graphql, ServiceError, type Endpoint } from './graphql-client.ts';

export interface ReadinessIssue {
  readonly code: string;
  readonly message: string;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly datasetVersionName: string;
  readonly split: readonly { readonly name: string; readonly trainCount: number; readonly validationCount: number }[];
  readonly blockers: readonly ReadinessIssue[];
  readonly warnings: readonly ReadinessIssue[];
}

export interface StartedTraining {
  readonly id: string;
  readonly versionName: string;
}

const readinessDocument = `query Readiness($projectId: ID!, $config: TrainingConfigInput) {
  trainingReadiness(projectId: $projectId, config: $config) {
    isReady
    datasetVersionName
    split { name trainCount validationCount }
    blockers { code message }
    warnings { code message }
  }
}`;

const startDocument = `mutation Start($input: StartTrainingInput!) {
  startTraining(input: $input) { __typename ... on UserError { code message } ... on Training { id versionName } }
}`;

function configOf(options: DemoArguments) {
  return {
    preference: options.preference,
    trainRatio: options.trainRatio,
    seed: options.seed,
    maxDurationMinutes: options.maximumMinutes,
  };
}

/** Whether a training could start with these options, and the split it would have. */
export async function readReadiness(endpoint: Endpoint, projectId: string, options: DemoArguments): Promise<Readiness> {
  const { trainingReadiness } = await graphql<{ trainingReadiness: Readiness | null }>(endpoint, readinessDocument, {
    projectId,
    config: configOf(options),
  });
  if (!trainingReadiness) throw new ServiceError('The project is gone.');
  return trainingReadiness;
}

export async function startTraining(
  endpoint: Endpoint,
  projectId: string,
  options: DemoArguments,
): Promise<StartedTraining> {
  const input = { projectId, config: configOf(options), idempotencyKey: randomUUID() };
  return (await graphql<{ startTraining: StartedTraining }>(endpoint, startDocument, { input })).startTraining;
}
