import { graphql } from '../generated/gql.ts';
import type { UserErrorFieldsFragment } from '../generated/graphql.ts';

graphql(`
  fragment UserErrorFields on UserError {
    __typename
    code
    message
    ... on ValidationError {
      issues {
        path
        message
      }
    }
    ... on LimitExceededError {
      limit
      used
    }
    ... on QuotaExceededError {
      quota
      quotaLimit
      quotaUsed
    }
    ... on InvalidStateError {
      currentState
    }
    ... on NotReadyError {
      blockers {
        code
        message
        labelId
      }
    }
    ... on PictureRefusedError {
      fileName
      refusal
    }
    ... on StaleAnnotationError {
      imageId
      currentRevision
    }
    ... on UnavailableError {
      unavailability
      retryAfterSeconds
    }
    ... on ArchiveRefusedError {
      archiveRefusal
      entry
    }
  }
`);

/** A mistake that the caller can mend: a member of every result union, told apart by `__typename`. */
export type UserError = UserErrorFieldsFragment;
