import type { Connection } from '../connection/connection.ts';
import type { WatchOptions } from '../connection/watch-options.ts';
import { graphql } from '../generated/gql.ts';
import type { ProjectEventFieldsFragment } from '../generated/graphql.ts';
import { Pages, type PageOptions } from '../pages.ts';

graphql(`
  fragment ProjectEventFields on ProjectEvent {
    __typename
    sequence
    occurredAt
    projectId
    ... on ProjectCountsChanged {
      imageCount
      labelledImageCount
      labels {
        labelId
        imageCount
      }
    }
    ... on ProjectLabelChanged {
      change
      labelId
      name
    }
    ... on ProjectTrainingChanged {
      trainingId
      versionName
      state
      stopReason
    }
    ... on ProjectVersionCreated {
      modelVersionId
      trainingId
      versionName
      accuracy
    }
    ... on ProjectTransferChanged {
      transferId
      transferState
    }
    ... on ProjectDeploymentChanged {
      deploymentId
      deploymentChange
      deploymentState
      modelVersionId
      name
    }
    ... on ProjectStreamResync {
      from
    }
  }
`);

const watchDocument = graphql(`
  subscription WatchProject($projectId: ID!, $after: Int) {
    projectEvents(projectId: $projectId, after: $after) {
      ...ProjectEventFields
    }
  }
`);

const pollDocument = graphql(`
  query ProjectEvents($projectId: ID!, $first: Int, $after: String) {
    project(id: $projectId) {
      events(first: $first, after: $after) {
        nodes {
          ...ProjectEventFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** What a dashboard hears of a project, told apart by `__typename`. A newer server may send kinds that are not in this union: skip them. */
export type ProjectEvent = ProjectEventFieldsFragment;

export const projectEventOperations = (connection: Connection) => ({
  /**
   * What happens in a project after `after` (`Project.lastSequence` where you have just read it), each event once and in order, through
   * any disconnect, without end. @throws {RequestError} NOT_FOUND {@link UnauthenticatedError}
   */
  watch: (projectId: string, options?: WatchOptions): AsyncIterableIterator<ProjectEvent> =>
    connection.watch(watchDocument, { projectId }, (data) => data.projectEvents, options),

  /** The events that are stored by now, for those who poll. @throws {ResultError} NOT_FOUND when there is no such project. */
  list: (
    projectId: string,
    { after, ...options }: PageOptions & { readonly after?: number | undefined } = {},
  ): Pages<ProjectEvent> =>
    new Pages(
      async ({ signal, ...page }) =>
        (await connection.request(pollDocument, { projectId, ...page }, { signal })).project?.events,
      { ...options, ...(after !== undefined && { cursor: String(after) }) },
    ),
});
