import { accessOperations } from './areas/access.ts';
import { annotationOperations } from './areas/annotations.ts';
import { baseModelOperations } from './areas/base-models.ts';
import { datasetVersionOperations } from './areas/dataset-versions.ts';
import { deploymentOperations } from './areas/deployments.ts';
import { imageOperations } from './areas/images.ts';
import { installationOperations } from './areas/installation.ts';
import { labelOperations } from './areas/labels.ts';
import { modelVersionOperations } from './areas/model-versions.ts';
import { predictionOperations } from './areas/predictions.ts';
import { projectEventOperations } from './areas/project-events.ts';
import { projectOperations } from './areas/projects.ts';
import { readinessOperations } from './areas/readiness.ts';
import { servedPredictionOperations } from './areas/served-predictions.ts';
import { trainingEventOperations } from './areas/training-events.ts';
import { trainingOperations } from './areas/trainings.ts';
import { transferEventOperations } from './areas/transfer-events.ts';
import { transferOperations } from './areas/transfers.ts';
import { trashOperations } from './areas/trash.ts';
import type { CallOptions } from './connection/call-options.ts';
import { Connection, type ConnectionOptions } from './connection/connection.ts';
import { TypedDocumentString } from './generated/graphql.ts';

export type ExemplarOptions = ConnectionOptions;

/** A client of one server: an area for each noun of the API. A new area is one file in `areas/` and one line here. */
export function createExemplar(options: ExemplarOptions) {
  const connection = new Connection(options);
  const trainingEvents = trainingEventOperations(connection);
  const transferEvents = transferEventOperations(connection);
  const projectEvents = projectEventOperations(connection);
  return {
    access: accessOperations(connection),
    annotations: annotationOperations(connection),
    baseModels: baseModelOperations(connection),
    datasetVersions: datasetVersionOperations(connection),
    deployments: deploymentOperations(connection),
    images: imageOperations(connection),
    installation: installationOperations(connection),
    labels: labelOperations(connection),
    modelVersions: modelVersionOperations(connection),
    predictions: predictionOperations(connection),
    projectEvents,
    projects: projectOperations(connection),
    readiness: readinessOperations(connection),
    servedPredictions: servedPredictionOperations(connection),
    trainingEvents,
    trainings: trainingOperations(connection),
    transferEvents,
    transfers: transferOperations(connection),
    trash: trashOperations(connection),

    watchTraining: trainingEvents.watch,
    watchProject: projectEvents.watch,
    watchTransfer: transferEvents.watch,

    /** A document of your own, as text or made by graphql-codegen. @throws {RequestError} {UnauthenticatedError} {ConnectionError} */
    request: <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
      document: string | TypedDocumentString<Data, Variables>,
      variables: Variables,
      callOptions?: CallOptions,
    ): Promise<Data> =>
      connection.request(
        typeof document === 'string' ? new TypedDocumentString<Data, Variables>(document) : document,
        variables,
        callOptions,
      ),

    /** What a signed address (`url`, `modelUrl`) leads to. @throws {ConnectionError} */
    download: (address: string, callOptions?: CallOptions): Promise<Blob> => connection.download(address, callOptions),

    /** The same as it comes, for what is larger than memory. @throws {ConnectionError} */
    openDownload: (address: string, callOptions?: CallOptions): Promise<ReadableStream<Uint8Array>> =>
      connection.openDownload(address, callOptions),

    /** Ends all calls and streams that are under way. */
    close: (): void => connection.close(),
  };
}

export type Exemplar = ReturnType<typeof createExemplar>;
