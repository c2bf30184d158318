import type { Connection } from '../connection/connection.ts';
import type { WatchOptions } from '../connection/watch-options.ts';
import { graphql } from '../generated/gql.ts';
import type { TransferEventFieldsFragment } from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment TransferEventFields on TransferEvent {
    __typename
    sequence
    occurredAt
    ... on TransferStateChanged {
      state
      failure {
        ...TransferFailureFields
      }
    }
    ... on TransferProgressed {
      phase
      done
      total
      perSecond
      etaSeconds
    }
    ... on TransferResumed {
      attempt
    }
  }
`);

const watchDocument = graphql(`
  subscription WatchTransfer($transferId: ID!, $after: Int) {
    transferEvents(transferId: $transferId, after: $after) {
      ...TransferEventFields
    }
  }
`);

const pollDocument = graphql(`
  query TransferEvents($transferId: ID!, $first: Int, $after: String) {
    transfer(id: $transferId) {
      events(first: $first, after: $after) {
        nodes {
          ...TransferEventFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A fact of an import or export, told apart by `__typename`. A newer server may send kinds that are not in this union: skip them. */
export type TransferEvent = TransferEventFieldsFragment;

export const transferEventOperations = (connection: Connection) => ({
  /**
   * Every event of an import or export after `after`, each once and in order, through any disconnect; ends after the event of a final
   * state. @throws {RequestError} NOT_FOUND {@link UnauthenticatedError}
   */
  watch: (transferId: string, options?: WatchOptions): AsyncIterableIterator<TransferEvent> =>
    connection.watch(watchDocument, { transferId }, (data) => data.transferEvents, options),

  /** The events that are stored by now, for those who poll. @throws {ResultError} NOT_FOUND when there is no such transfer. */
  list: (
    transferId: string,
    { after, ...options }: PageOptions & { readonly after?: number | undefined } = {},
  ): Pages<TransferEvent> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(pollDocument, { transferId, ...page }, { signal })).transfer?.events,
      { ...options, ...(after !== undefined && { cursor: String(after) }) },
    ),
});
