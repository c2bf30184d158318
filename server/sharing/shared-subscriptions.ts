import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { createContext, type GraphQLContext, type GraphQLServices, type StreamPosition } from '#schema/context.ts';
import { SharedGroup } from './shared-group.ts';

/** A subscription that went through Yoga's envelope up to its execution, without the one who asks: watchers of the same may keep one. */
export interface SharedOperation {
  readonly args: Omit<ExecutionArgs, 'contextValue'>;
  /** The envelope's. */
  readonly subscribe: (args: ExecutionArgs) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Of {@link shareableOf}. */
  readonly key: string;
}

/** All that is kept of a request while its stream runs: thousands of them wait for events. */
export type Watcher = Pick<GraphQLContext, 'viewer' | 'requestId'>;

/** All groups of this process. What an event shows is the same for everybody who may see it (tested), so the key says it all. */
export class SharedSubscriptions {
  /** What a watcher is told of an error. */
  readonly maskError: (error: unknown) => GraphQLError;
  /** Watchers there are, in groups and alone. */
  watchers = 0;
  readonly #services: GraphQLServices;
  readonly #groups = new Map<string, SharedGroup>();

  constructor(services: GraphQLServices, maskError: (error: unknown) => GraphQLError) {
    this.#services = services;
    this.maskError = maskError;
  }

  /** Groups there are. */
  get size(): number {
    return this.#groups.size;
  }

  find(key: string): SharedGroup | undefined {
    return this.#groups.get(key);
  }

  /** A group that begins after this event, unless there is one. Its access was checked for the one who opens it. */
  open(operation: SharedOperation, watcher: Watcher, after: number): SharedGroup {
    const { key } = operation;
    let group = this.#groups.get(key);
    if (!group) {
      const created: SharedGroup = new SharedGroup(
        operation,
        after,
        (position) => this.subscribe(operation, watcher, position),
        () => {
          if (this.#groups.get(key) === created) this.#groups.delete(key);
        },
      );
      this.#groups.set(key, (group = created));
    }
    return group;
  }

  /** Subscribes with a context and a position of its own. */
  async subscribe(
    { args, subscribe }: SharedOperation,
    { viewer, requestId }: Watcher,
    position: StreamPosition,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    return subscribe({ ...args, contextValue: createContext(this.#services, viewer, requestId, position) });
  }
}
