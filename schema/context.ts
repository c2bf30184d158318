import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import { listAccessTokens, type AccessToken } from '#core/access/access-tokens.ts';
import { listMemberships, type Membership } from '#core/access/manage-users.ts';
import type { ActionContext, Viewer } from '#core/access/viewer.ts';
import type { Image } from '#core/images/image-row.ts';
import { readNearDuplicates } from '#core/images/read-near-duplicates.ts';
import { readAnnotations, type Annotation } from '#core/images/list-images.ts';
import { readImageOrigins, type ImageOrigin } from '#core/deployments/image-origins.ts';
import type { Serving } from '#core/deployments/serving.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { AccessGuards } from '#core/access/access-guards.ts';
import type { EventTails } from '#core/platform/events/event-tails.ts';
import type { ProjectEvent } from '#core/projects/project-events.ts';
import type { TransferEvent } from '#core/transfer/transfer-events.ts';
import type { TrainingEvent } from '#core/trainings/training-events.ts';
import { listRunningTrainings, type RunningTraining } from '#core/trainings/running-trainings.ts';
import { readFlavorQueue, type FlavorQueue } from '#core/trainings/flavor-queue.ts';

/** What the server gives every operation. */
export interface GraphQLServices {
  readonly platform: Platform;
  readonly streams: EventStreams;
  readonly serving: Serving;
}

/** The live ends of all logs in this process. */
export interface EventStreams {
  readonly trainings: EventTails<TrainingEvent>;
  readonly projects: EventTails<ProjectEvent>;
  readonly transfers: EventTails<TransferEvent>;
  readonly guards: AccessGuards;
}

/** How the source of a subscription and its transport speak about where the stream stands. */
export interface StreamPosition {
  /** From the transport: takes the place of the argument `after`. */
  readonly after?: number;
  /** From the transport: rights are checked at the start only, since those who take part are guarded one by one. */
  readonly unguarded?: boolean;
  /** From the transport: called when all there is was given out. */
  readonly onIdle?: () => void;
  /** From the source: sequence number of the last event, at first that of the client's last one. */
  sequence?: number;
  /** From the source: guards the viewer's rights; calls back once they are lost. Returns the release. */
  hold?: (lost: (error: Error) => void) => () => void;
}

/** Context of one operation. */
export interface GraphQLContext extends GraphQLServices {
  readonly requestId: string;
  readonly viewer: Viewer | undefined;
  /**
   * First argument of core's actions; a function, since Yoga copies the context and would read a getter while there may be no viewer.
   * @throws UNAUTHENTICATED without a viewer.
   */
  readonly action: () => ActionContext;
  readonly loaders: Loaders;
  readonly stream: StreamPosition;
}

export interface Loaders {
  readonly annotations: DataLoader<string, Annotation[]>;
  readonly imageOrigins: DataLoader<string, ImageOrigin | null>;
  readonly nearDuplicates: DataLoader<string, Image[]>;
  /** By flavor. */
  readonly flavorQueues: DataLoader<string, FlavorQueue>;
  /** By user. */
  readonly accessTokens: DataLoader<string, AccessToken[]>;
  /** By user. */
  readonly memberships: DataLoader<string, Membership[]>;
  /** By worker. */
  readonly runningTrainings: DataLoader<string, RunningTraining[]>;
}

export function createContext(
  services: GraphQLServices,
  viewer: Viewer | undefined,
  requestId: string,
  stream: StreamPosition = {},
): GraphQLContext {
  const { platform } = services;
  const action = () => {
    if (!viewer) throw unauthenticated('This needs an access token: send the header `authorization: Bearer exm_...`.');
    return { platform, viewer };
  };
  return {
    ...services,
    requestId,
    viewer,
    stream,
    action,
    loaders: {
      annotations: new DataLoader((imageIds: readonly string[]) => readAnnotations(platform, imageIds)),
      imageOrigins: new DataLoader((imageIds: readonly string[]) => readImageOrigins(platform.db, imageIds)),
      nearDuplicates: new DataLoader((imageIds: readonly string[]) => readNearDuplicates(platform, imageIds)),
      flavorQueues: new DataLoader((flavors: readonly string[]) =>
        Promise.all(flavors.map((flavor) => readFlavorQueue(platform, flavor))),
      ),
      accessTokens: new DataLoader(async (userIds: readonly string[]) => listAccessTokens(action(), userIds)),
      memberships: new DataLoader(async (userIds: readonly string[]) => listMemberships(action(), userIds)),
      runningTrainings: new DataLoader(async (workerIds: readonly string[]) =>
        listRunningTrainings(action(), workerIds),
      ),
    },
  };
}

export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}
