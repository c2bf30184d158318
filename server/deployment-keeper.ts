import type { Deployment } from '#core/deployments/deployment-row.ts';
import { InvocationMeter } from '#core/deployments/invocation-meter.ts';
import type { Serving } from '#core/deployments/serving.ts';
import { listUnsettled, settleDeployment } from '#core/deployments/settle-deployment.ts';
import { stopUnneeded } from '#core/deployments/stop-deployment.ts';
import { VersionCache } from '#core/deployments/version-cache.ts';
import type { Predictor } from '#core/models/predictor.ts';
import type { Platform } from '#core/platform/platform.ts';

const lookMilliseconds = 10_000;

/** What a server does for deployments beside answering: tries new ones, stops those whose time is over, counts. */
export class DeploymentKeeper implements Serving {
  readonly predictor: Predictor;
  readonly meter: InvocationMeter;
  readonly versions: VersionCache;
  readonly #platform: Platform;
  readonly #looking: NodeJS.Timeout;
  /** What is under way, to be waited for at the end. */
  readonly #running = new Set<Promise<void>>();

  constructor(platform: Platform, predictor: Predictor) {
    this.#platform = platform;
    this.predictor = predictor;
    this.meter = new InvocationMeter(platform);
    this.versions = new VersionCache(platform.db);
    this.#looking = setInterval(() => this.#run(() => this.look()), lookMilliseconds);
  }

  settle(deployment: Deployment): void {
    this.#run(() => settleDeployment(this.#platform, this.predictor, deployment));
  }

  /** Once: what is done every 10 seconds. */
  async look(): Promise<void> {
    await stopUnneeded(this.#platform);
    for (const deployment of await listUnsettled(this.#platform))
      await settleDeployment(this.#platform, this.predictor, deployment);
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await Promise.all(this.#running);
    await this.meter.flush();
  }

  #run(task: () => Promise<void>): void {
    const running = task()
      .catch((error: unknown) => this.#platform.log.error({ err: error }, 'looking after deployments failed'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
