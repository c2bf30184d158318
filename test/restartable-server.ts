import { Metrics } from '#core/platform/metrics/metrics.ts';
import { startServer, type RunningServer } from '#server/http-server.ts';
import type { World } from './world.ts';

/** A second server of a world, which can be stopped and started again on the same port. */
export class RestartableServer {
  readonly url: string;
  readonly #world: World;
  #running: RunningServer | undefined;

  private constructor(world: World, running: RunningServer) {
    this.#world = world;
    this.#running = running;
    this.url = running.url;
  }

  static async open(world: World): Promise<RestartableServer> {
    return new RestartableServer(world, await startServer(withPort(world, 0)));
  }

  async stop(): Promise<void> {
    await this.#running?.close();
    this.#running = undefined;
  }

  async start(): Promise<void> {
    this.#running = await startServer(withPort(this.#world, Number(new URL(this.url).port)));
  }
}

/** The platform is the world's but for the port and the metrics, which each server has of its own; addresses of uploads lead to the world's own server. */
const withPort = ({ platform }: World, port: number) => ({
  ...platform,
  metrics: new Metrics(),
  config: { ...platform.config, port },
});
