export const deploymentStates = ['DEPLOYING', 'RUNNING', 'STOPPED', 'FAILED'] as const;
export type DeploymentState = (typeof deploymentStates)[number];

/** `IDLE`: nobody called for a while; the next call wakes it. The others last until somebody starts it. */
export const stopCauses = ['USER', 'AUTO_STOP', 'IDLE'] as const;
export type StopCause = (typeof stopCauses)[number];

/** How a second version takes part: it answers a share of the calls, or it is asked besides and its answers are only compared. */
export const candidateModes = ['SPLIT', 'SHADOW'] as const;
export type CandidateMode = (typeof candidateModes)[number];

export const deploymentChanges = [
  'DEPLOYED',
  'STARTED',
  'READY',
  'FAILED',
  'STOPPED',
  'WOKEN',
  'ROUTED',
  'ROLLED_BACK',
  'CONFIGURED',
  'DELETED',
] as const;
export type DeploymentChangeKind = (typeof deploymentChanges)[number];

/** Which versions answer. */
export interface Routing {
  readonly modelVersionId: string;
  readonly candidateVersionId: string | null;
  readonly candidateMode: CandidateMode | null;
  /** Calls of a hundred that the candidate answers; null but for SPLIT. */
  readonly candidatePercent: number | null;
}

export const isSameRouting = (one: Routing, other: Routing): boolean =>
  one.modelVersionId === other.modelVersionId &&
  one.candidateVersionId === other.candidateVersionId &&
  one.candidateMode === other.candidateMode &&
  one.candidatePercent === other.candidatePercent;
