import type { Deployment } from '../typescript/index.ts';
import type { Output } from './output.ts';
import { formatPercent } from './text/format-percent.ts';

export const stateOf = ({ state, stopCause }: Deployment): string => (stopCause ? `${state} (${stopCause})` : state);

export function candidateOf({ candidate }: Deployment): string {
  if (!candidate) return '';
  return `${candidate.modelVersion.name} ${candidate.percent === null ? 'shadow' : `${candidate.percent} %`}`;
}

/** What it answers with, where, and why it does not. */
export function describeDeployment(deployment: Deployment, output: Output): string[] {
  const { name, url, modelVersion, acceptFrom, errorMessage } = deployment;
  const candidate = candidateOf(deployment);
  return [
    `${output.bold(name)}  ${stateOf(deployment)}  answers with ${modelVersion.name}${candidate && `, beside it ${candidate}`}`,
    `POST pictures to ${url}; ACCEPT from ${formatPercent(acceptFrom)} on`,
    ...(errorMessage ? [output.bad(errorMessage)] : []),
  ];
}
