import type { Predictor } from '../models/predictor.ts';
import type { Deployment } from './deployment-row.ts';
import type { InvocationMeter } from './invocation-meter.ts';
import type { VersionCache } from './version-cache.ts';

/** What a server has for its deployments beside the platform. */
export interface Serving {
  readonly predictor: Predictor;
  readonly meter: InvocationMeter;
  readonly versions: VersionCache;
  /** Tries the file of a deployment that is DEPLOYING, beside the call, and makes it RUNNING or FAILED. */
  settle(deployment: Deployment): void;
}
