import { randomUUID } from 'node:crypto';
import { hostname, totalmem } from 'node:os';
import { exemplarVersion } from '#core/platform/exemplar-version.ts';
import type { Flavor } from '#core/platform/config.ts';
import type { Platform } from '#core/platform/platform.ts';
import { removeWorker, reportWorker, type WorkerFacts } from '#core/workers/report-worker.ts';
import { onnxRuntimeVersion } from '#engine/index.ts';
import { isUsable, type DeviceReport, type SelfTest } from './run-self-test.ts';

/** So often within the time after which it is taken for dead. */
const beatsPerHeartbeat = 4;

export interface Registration {
  readonly workerId: string;
  /** The worker takes no more trainings. */
  close(): Promise<void>;
}

/** Tells the installation that this worker is there, until it is closed. */
export async function registerWorker(
  platform: Platform,
  { trial, report }: Pick<SelfTest, 'trial' | 'report'>,
): Promise<Registration> {
  const { config, log } = platform;
  const { heartbeatSeconds } = config.worker;
  const flavor = config.flavors.find(({ id }) => id === config.worker.flavor)!;
  const workerId = randomUUID();
  let facts: WorkerFacts = {
    host: hostname(),
    processId: process.pid,
    versions: { exemplar: exemplarVersion, node: process.versions.node, onnxRuntime: onnxRuntimeVersion },
    // A processor needs no trial; a GPU does, before anybody counts on it.
    flavors: flavor.device === 'CPU' ? [flavor.id] : [],
    speeds: null,
    unusableDevices: null,
    memoryBytes: memoryBytes(),
    heartbeatSeconds,
  };
  await reportWorker(platform, workerId, facts);
  let beating: Promise<void> | undefined;
  const beat = () => {
    // While the database is away no more than one waits for it.
    beating ??= reportWorker(platform, workerId, facts)
      .catch((error: unknown) => log.warn({ err: error }, 'the worker could not say that it is alive'))
      .finally(() => (beating = undefined));
  };
  const beats = setInterval(beat, (heartbeatSeconds * 1000) / beatsPerHeartbeat);
  let isOpen = true;
  const tell = ({ speeds, unusable }: DeviceReport) => {
    const flavors = isUsable(flavor.device, { unusable }) ? [flavor.id] : [];
    facts = { ...facts, flavors, speeds, unusableDevices: unusable };
    if (isOpen) beat();
  };
  void trial.then(tell);
  void report.then((all) => {
    tell(all);
    complain(platform, flavor);
    log.info(all, 'the devices of this machine were tried');
  });
  return {
    workerId,
    close: async () => {
      isOpen = false;
      clearInterval(beats);
      // Its last word is that it has gone.
      await beating;
      await removeWorker(platform, workerId).catch((error: unknown) =>
        log.warn({ err: error }, 'the worker could not say goodbye'),
      );
    },
  };
}

/** Of the machine, or of the container where it has less; that there is no limit is told as 0 or as more than there is. */
const memoryBytes = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/** Where the machine is not what the flavor says. */
function complain({ log }: Platform, { id, memoryGib = 0 }: Flavor): void {
  if (memoryBytes() < memoryGib * 2 ** 30)
    log.warn({ flavor: id, memoryGib }, 'this machine has less memory than the flavor says');
}
