import type {
  CandidateMode,
  DeploymentChangeKind,
  DeploymentState,
  StopCause,
} from '#core/deployments/deployment-facts.ts';
import type { Decision } from '#core/models/decide.ts';
import { builder } from './builder.ts';

export const DeploymentStateEnum = builder.enumType('DeploymentState', {
  description: 'Whether a deployment answers.',
  values: {
    DEPLOYING: { description: 'Its model file is being tried.' },
    RUNNING: { description: 'It answers.' },
    STOPPED: { description: 'It does not answer; one that sleeps (`stopCause` IDLE) wakes on the next call.' },
    FAILED: { description: 'Its model file cannot be used; `errorMessage` says why.' },
  } satisfies Record<DeploymentState, { description: string }>,
});

export const StopCauseEnum = builder.enumType('DeploymentStopCause', {
  description: 'Why a deployment is stopped.',
  values: {
    USER: { description: 'Somebody stopped it.' },
    AUTO_STOP: { description: 'Its hours were over.' },
    IDLE: { description: 'Nobody called for a while: the next call wakes it.' },
  } satisfies Record<StopCause, { description: string }>,
});

export const CandidateModeEnum = builder.enumType('CandidateMode', {
  description: 'How a second version takes part.',
  values: {
    SPLIT: { description: 'It answers a share of the calls.' },
    SHADOW: { description: 'It is asked besides; its answers are only compared.' },
  } satisfies Record<CandidateMode, { description: string }>,
});

export const DeploymentChangeKindEnum = builder.enumType('DeploymentChangeKind', {
  description: 'What happened to a deployment.',
  values: {
    DEPLOYED: { description: 'It was made.' },
    STARTED: { description: 'It was started again.' },
    READY: { description: 'Its model file was loaded: it answers.' },
    FAILED: { description: 'Its model file could not be used.' },
    STOPPED: { description: 'It was stopped, by somebody, by time or for want of calls.' },
    WOKEN: { description: 'A call woke it.' },
    ROUTED: { description: 'Other versions answer.' },
    ROLLED_BACK: { description: 'The versions of before answer again.' },
    CONFIGURED: { description: 'Settings were changed; the versions are the same.' },
    DELETED: { description: 'It was deleted.' },
  } satisfies Record<DeploymentChangeKind, { description: string }>,
});

export const DecisionEnum = builder.enumType('Decision', {
  description: 'What an application may do with an answer.',
  values: {
    ACCEPT: { description: 'Take it: the model is sure enough.' },
    REVIEW: { description: 'Show it to a person.' },
    UNKNOWN: { description: 'Take the picture for nothing that the model knows.' },
  } satisfies Record<Decision, { description: string }>,
});
