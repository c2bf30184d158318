import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import type { ActionContext, Viewer } from '#core/access/viewer.ts';
import { readAnnotations, type Annotation } from '#core/images/list-images.ts';
import type { Predictor } from '#core/models/predict.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { AccessGuards } from '#core/access/access-guards.ts';
import type { EventTails } from '#core/platform/events/event-tails.ts';
import type { ProjectEvent } from '#core/projects/project-events.ts';
import type { TransferEvent } from '#core/transfer/transfer-events.ts';
import type { TrainingEvent } from '#core/trainings/training-events.ts';
import { readQueuePlaces, type QueuePlace } from '#core/trainings/queue-position.ts';

/** What the server gives every operation. */
export interface GraphQLServices {
  readonly platform: Platform;
  readonly streams: EventStreams;
  readonly predictor: Predictor;
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
  /** By flavor. */
  readonly queuePlaces: DataLoader<string, ReadonlyMap<string, QueuePlace>>;
}

export function createContext(
  services: GraphQLServices,
  viewer: Viewer | undefined,
  requestId: string,
  stream: StreamPosition = {},
): GraphQLContext {
  const { platform } = services;
  return {
    ...services,
    requestId,
    viewer,
    stream,
    action: () => {
      if (!viewer)
        throw unauthenticated('This needs an access token: send the header `authorization: Bearer exm_...`.');
      return { platform, viewer };
    },
    loaders: {
      annotations: new DataLoader((imageIds: readonly string[]) => readAnnotations(platform, imageIds)),
      queuePlaces: new DataLoader((flavors: readonly string[]) =>
        Promise.all(flavors.map((flavor) => readQueuePlaces(platform, flavor))),
      ),
    },
  };
}

export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}
