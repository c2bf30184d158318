import { listen } from '#core/platform/events/listen.ts';
import type { Platform } from '#core/platform/platform.ts';
import { webhookQueue, type ActiveWebhookJob, type WebhookJob } from '#core/platform/queue.ts';
import { projectChannel } from '#core/projects/project-events.ts';
import { deliverWebhook } from '#core/webhooks/deliver-webhook.ts';
import { dispatchWebhooks } from '#core/webhooks/dispatch-webhooks.ts';

/** A receiver that does not answer holds up no more than its own place. */
const atOnce = 4;
/** A lost notification costs at most so much. */
const lookMilliseconds = 15_000;

/** Follows the events of all projects and tells webhooks of them. */
export async function startWebhooks(platform: Platform): Promise<{ close(): Promise<void> }> {
  const { queue, log } = platform;
  const stopping = new AbortController();
  const dispatcher = new Dispatcher(platform);
  const listening = await listen(platform, [dispatcher]);
  const looking = setInterval(() => dispatcher.wakeAll(), lookMilliseconds);
  const work = { localConcurrency: atOnce, includeMetadata: true, notifyPollingIntervalSeconds: 2 } as const;
  await queue.boss.work<WebhookJob>(webhookQueue, work, async ([job]) => {
    const { data, signal, retryCount, retryLimit } = job as unknown as ActiveWebhookJob;
    const ending = AbortSignal.any([signal, stopping.signal]);
    try {
      await deliverWebhook(platform, data.deliveryId, retryCount >= retryLimit, ending);
    } catch (error) {
      log.info({ err: error, deliveryId: data.deliveryId }, 'a webhook was not delivered and is tried again');
      throw error;
    }
  });
  return {
    close: async () => {
      clearInterval(looking);
      await listening.close();
      stopping.abort(new Error('The worker was told to stop.'));
      await queue.boss.offWork(webhookQueue, { wait: true });
      await dispatcher.idle;
    },
  };
}

/** Dispatches one after the other; what is woken meanwhile comes together, next. */
class Dispatcher {
  readonly log = { channel: projectChannel };
  idle: Promise<void> = Promise.resolve();
  readonly #platform: Platform;
  readonly #woken = new Set<string>();
  #all = false;
  #isWaiting = false;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  wake(projectId: string): void {
    this.#woken.add(projectId);
    this.#next();
  }

  wakeAll(): void {
    this.#all = true;
    this.#next();
  }

  #next(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.idle = this.idle.then(async () => {
      this.#isWaiting = false;
      const projectIds = this.#all ? undefined : [...this.#woken];
      this.#woken.clear();
      this.#all = false;
      await dispatchWebhooks(this.#platform, projectIds).catch((error) =>
        this.#platform.log.error({ err: error }, 'webhooks could not be dispatched'),
      );
    });
  }
}
