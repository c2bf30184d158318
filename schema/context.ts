import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import type { ActionContext, Viewer } from '#core/access/viewer.ts';
import { readAnnotations, type Annotation } from '#core/images/list-images.ts';
import type { Predictor } from '#core/models/predict.ts';
import type { Platform } from '#core/platform/platform.ts';
import { readQueuePlaces, type QueuePlace } from '#core/trainings/queue-position.ts';
import type { TrainingWatch } from '#core/trainings/training-watch.ts';

/** What the server gives every operation. */
export interface GraphQLServices {
  readonly platform: Platform;
  readonly watch: TrainingWatch;
  readonly predictor: Predictor;
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
): GraphQLContext {
  const { platform } = services;
  return {
    ...services,
    requestId,
    viewer,
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
