import type { TrainingFlavor } from '../typescript/index.ts';
import { formatSeconds } from './text/progress-bar.ts';

/** When a training that is started now would be taken: `at once`, `in about 5 min`. */
export function describeWait({ expectedWaitSeconds }: Pick<TrainingFlavor, 'expectedWaitSeconds'>): string {
  if (expectedWaitSeconds === null) return 'when a worker comes';
  return expectedWaitSeconds < 1 ? 'at once' : `in about ${formatSeconds(expectedWaitSeconds)}`;
}
