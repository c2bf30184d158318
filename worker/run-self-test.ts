import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeviceSpeed, UnusableDevice } from '#core/workers/table.ts';
import { devices, nameOfDevice, type ChosenLowering, type Device } from '#engine/index.ts';

const selfTestPath = fileURLToPath(new URL('./self-test.ts', import.meta.url));
/** For one device. A GPU's driver translates all operators first; one in software takes half a minute for it. */
const patienceMilliseconds: Record<Device, number> = { CPU: 30_000, CUDA: 120_000, WEBGPU: 120_000 };

export type SelfTestMessage =
  | { readonly type: 'begins'; readonly device: Device }
  | ({ readonly type: 'lowering' } & ChosenLowering)
  | ({ readonly type: 'unusable' } & UnusableDevice)
  | ({ readonly type: 'speed' } & DeviceSpeed);

/** What a worker's machine has. */
export interface DeviceReport {
  /** Of what ONNX Runtime computes on. */
  readonly speeds: readonly DeviceSpeed[];
  /** What no training may run on. */
  readonly unusable: readonly UnusableDevice[];
}

/** A processor always is. */
export const isUsable = (device: Device, { unusable }: Pick<DeviceReport, 'unusable'>): boolean =>
  device === 'CPU' || !unusable.some((other) => other.device === device);

export interface SelfTest {
  /** For the CPU. */
  readonly lowering: Promise<ChosenLowering>;
  /** Of the CPU and of the device asked for, as soon as both were tried. */
  readonly trial: Promise<DeviceReport>;
  /** When all devices were tried, or as far as that came before `signal`. */
  readonly report: Promise<DeviceReport>;
}

/**
 * Compares gradients of both kinds of operators on the CPU, and those of each GPU with the CPU's, and measures what the machine has, in a process of
 * its own: should ONNX Runtime's blocked operators or the driver of a GPU bring it down, the worker stands, and another process tries the devices
 * after that one. @param device to try first, after the CPU. @param signal ends it.
 */
export function runSelfTest(device: Device, signal: AbortSignal, path = selfTestPath): SelfTest {
  const lowering = Promise.withResolvers<ChosenLowering>();
  const trial = Promise.withResolvers<DeviceReport>();
  const report = tryAll(device, signal, path, { onLowering: lowering.resolve, onTrial: trial.resolve });
  return { lowering: lowering.promise, trial: trial.promise, report };
}

async function tryAll(
  device: Device,
  signal: AbortSignal,
  path: string,
  tell: { readonly onLowering: (chosen: ChosenLowering) => void; readonly onTrial: (report: DeviceReport) => void },
): Promise<DeviceReport> {
  const speeds: DeviceSpeed[] = [];
  const unusable: UnusableDevice[] = [];
  const found = () => ({ speeds: [...speeds], unusable: [...unusable, ...slowerThanCpu(speeds, unusable)] });
  const first: readonly Device[] = ['CPU', device];
  let left = [...new Set([...first, ...devices])];
  while (left.length > 0 && !signal.aborted) {
    const { trying, end } = await tryInProcess(path, left, signal, (message) => {
      if (message.type === 'begins') {
        if (!first.includes(message.device)) tell.onTrial(found());
      } else if (message.type === 'lowering') tell.onLowering({ name: message.name, reason: message.reason });
      else if (message.type === 'speed') speeds.push({ device: message.device, gigaflops: message.gigaflops });
      else unusable.push({ device: message.device, fault: message.fault, message: message.message });
    });
    if (end === undefined || signal.aborted) break;
    if (trying === 'CPU')
      tell.onLowering({
        name: 'portable',
        reason: `Portable operators: the self-test of faster ones ended with ${end}.`,
      });
    else if (!unusable.some((other) => other.device === trying))
      unusable.push({
        device: trying,
        fault: 'CRASHED',
        message: `Trying ${nameOfDevice[trying]} ended with ${end}.`,
      });
    left = left.slice(left.indexOf(trying) + 1);
  }
  tell.onLowering({ name: 'portable', reason: 'Portable operators: the self-test of faster ones was stopped.' });
  tell.onTrial(found());
  return found();
}

/** One process, until it has tried all devices, or one of them has ended it. @returns that one, and how. */
function tryInProcess(
  path: string,
  left: readonly Device[],
  signal: AbortSignal,
  onMessage: (message: SelfTestMessage) => void,
): Promise<{ readonly trying: Device; readonly end: string | undefined }> {
  let trying = left[0]!;
  let timer: NodeJS.Timeout | undefined;
  const child = fork(path, [...left], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  const beginsNow = (device: Device) => {
    trying = device;
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds[device]);
  };
  beginsNow(trying);
  child.on('message', (message: SelfTestMessage) => {
    if (message.type === 'begins') beginsNow(message.device);
    onMessage(message);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ trying, end: error.message }));
    child.on('close', (code, killedBy) => {
      clearTimeout(timer);
      resolve({ trying, end: killedBy ?? (code === 0 ? undefined : `code ${code}`) });
    });
  });
}

/** Right, and of no use: a driver in software, or a small GPU beside a large processor. */
function slowerThanCpu(speeds: readonly DeviceSpeed[], unusable: readonly UnusableDevice[]): UnusableDevice[] {
  const cpu = speeds.find(({ device }) => device === 'CPU');
  if (!cpu) return [];
  return speeds
    .filter(({ device, gigaflops }) => gigaflops < cpu.gigaflops && !unusable.some((other) => other.device === device))
    .map(({ device, gigaflops }) => ({
      device,
      fault: 'SLOW',
      message: `${nameOfDevice[device]} computes ${toText(gigaflops)} GFLOP/s here, the CPU ${toText(cpu.gigaflops)}.`,
    }));
}

const toText = (gigaflops: number) => String(Number(gigaflops.toPrecision(3)));
