import { AccessGuards } from '#core/access/access-guards.ts';
import { EventTails } from '#core/platform/events/event-tails.ts';
import { listen } from '#core/platform/events/listen.ts';
import type { Platform } from '#core/platform/platform.ts';
import { projectEventLog } from '#core/projects/project-events.ts';
import { trainingEventLog } from '#core/trainings/training-events.ts';
import { transferEventLog } from '#core/transfer/transfer-events.ts';
import type { EventStreams } from '#schema/context.ts';

/** The live ends of all logs, woken over one LISTEN connection. */
export async function openStreams(platform: Platform): Promise<EventStreams & { close(): Promise<void> }> {
  const trainings = new EventTails(trainingEventLog(platform), platform.log);
  const projects = new EventTails(projectEventLog(platform), platform.log);
  const transfers = new EventTails(transferEventLog(platform), platform.log);
  const listening = await listen(platform, [trainings, projects, transfers]);
  return {
    trainings,
    projects,
    transfers,
    guards: new AccessGuards(platform.config.streams.accessCheckSeconds, platform.log),
    close: () => listening.close(),
  };
}
