import type { Deployment } from '../typescript/index.ts';
import type { Session } from './session.ts';

/** Waits until a deployment that was just made answers or has failed. @param after `Project.lastSequence` of before it was made */
export async function waitForDeployment(
  session: Session,
  { id, name, ...made }: Deployment,
  projectId: string,
  after: number,
): Promise<Deployment> {
  const { exemplar } = session;
  session.onInterrupt = `${name} is being started all the same: exemplar deploy show ${name}`;
  if (made.state === 'DEPLOYING')
    for await (const event of exemplar.watchProject(projectId, { after }))
      if (
        event.__typename === 'ProjectDeploymentChanged' &&
        event.deploymentId === id &&
        event.deploymentState !== 'DEPLOYING'
      )
        break;
  session.onInterrupt = undefined;
  return (await exemplar.deployments.get(id))!;
}
