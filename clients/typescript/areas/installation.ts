import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { graphql } from '../generated/gql.ts';
import type {
  DefaultQuotasQuery,
  InstallationHealthQuery,
  ServerInfoQuery,
  SetDefaultQuotasInput,
  SetDefaultQuotasMutation,
  WorkersQuery,
} from '../generated/graphql.ts';

const serverInfoDocument = graphql(`
  query ServerInfo {
    serverInfo {
      version
      nodeVersion
      schemaRevision
      objectStore
      time
      limits {
        projects
        imageBytes
        imageSide
        imagePixels
        labelLength
        baseModelBytes
        importBytes
        predictionBytes
      }
      flavors {
        ...TrainingFlavorFields
      }
    }
  }
`);

const healthDocument = graphql(`
  query InstallationHealth {
    serverInfo {
      database {
        version
        schemaRevision
        clockOffsetMilliseconds
      }
      objectStoreTrial {
        problem
        milliseconds
      }
    }
  }
`);

const workersDocument = graphql(`
  query Workers {
    workers {
      id
      host
      processId
      exemplarVersion
      nodeVersion
      onnxRuntimeVersion
      flavors
      devices {
        device
        gigaflops
      }
      unusableDevices {
        device
        fault
        message
      }
      memoryBytes
      isLive
      startedAt
      heartbeatAt
      heartbeatSeconds
      clockOffsetMilliseconds
      runningTrainings {
        trainingId
        versionName
        state
        projectId
        projectName
      }
    }
  }
`);

graphql(`
  fragment DefaultQuotasFields on DefaultQuotas {
    __typename
    images
    bytes
    activeTrainings
    trainingMinutes
    deployments
  }
`);

const defaultQuotasDocument = graphql(`
  query DefaultQuotas {
    defaultQuotas {
      ...DefaultQuotasFields
    }
  }
`);

const setDefaultQuotasDocument = graphql(`
  mutation SetDefaultQuotas($input: SetDefaultQuotasInput!) {
    setDefaultQuotas(input: $input) {
      ...DefaultQuotasFields
      ...UserErrorFields
    }
  }
`);

export type ServerInfo = ServerInfoQuery['serverInfo'];
export type InstallationHealth = InstallationHealthQuery['serverInfo'];
export type Worker = WorkersQuery['workers'][number];
export type DefaultQuotas = DefaultQuotasQuery['defaultQuotas'];
export type SetDefaultQuotasResult = SetDefaultQuotasMutation['setDefaultQuotas'];

export const installationOperations = (connection: Connection) => ({
  /** The server that answers: version, limits, flavors. */
  server: async (options?: CallOptions): Promise<ServerInfo> =>
    (await connection.request(serverInfoDocument, {}, options)).serverInfo,

  /** How its database and its object store are; the store is tried for it. Administrators only. */
  health: async (options?: CallOptions): Promise<InstallationHealth> =>
    (await connection.request(healthDocument, {}, options)).serverInfo,

  /** Those that are alive and those that were lost within a day, newest first. Administrators only. */
  workers: async (options?: CallOptions): Promise<readonly Worker[]> =>
    (await connection.request(workersDocument, {}, options)).workers,

  /** What a project may have that has no limit of its own; null = any. Administrators only. */
  defaultQuotas: async (options?: CallOptions): Promise<DefaultQuotas> =>
    (await connection.request(defaultQuotasDocument, {}, options)).defaultQuotas,

  /** Left out = kept, null = any. Administrators only. */
  setDefaultQuotas: async (input: SetDefaultQuotasInput, options?: CallOptions): Promise<SetDefaultQuotasResult> =>
    (await connection.request(setDefaultQuotasDocument, { input }, { repeatable: true, ...options })).setDefaultQuotas,
});
