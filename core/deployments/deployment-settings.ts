import { z } from 'zod';

/** Of the inputs of `deployModel` and `updateDeployment`. */
export const deploymentSettings = {
  autoStopHours: z.number().int().min(1, 'must be from 1 to 24').max(24, 'must be from 1 to 24').nullish(),
  idleStopMinutes: z.number().int().min(1, 'must be from 1 to 10080').max(10_080, 'must be from 1 to 10080').nullish(),
  acceptFrom: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').nullish(),
  storeHours: z.number().int().min(1, 'must be from 1 to 8760').max(8760, 'must be from 1 to 8760').nullish(),
};
