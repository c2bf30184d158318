import { nameOfDevice, type Device } from './device.ts';

/** ONNX Runtime cannot compute on the device here: it has no such provider, there is no driver, or the driver refuses. */
export class DeviceUnavailableError extends Error {
  override readonly name = 'DeviceUnavailableError';
  readonly device: Device;

  /** @param cause what ONNX Runtime said. */
  constructor(device: Device, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    // Where in its sources a condition of ONNX Runtime did not hold comes before what that means.
    const meant = said.replace(/^\/.* was false\. /s, '').trim();
    super(`ONNX Runtime cannot compute on ${nameOfDevice[device]} here: ${meant}`, { cause });
    this.device = device;
  }
}
