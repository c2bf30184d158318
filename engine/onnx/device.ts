/** What ONNX Runtime may compute on: the processor, an NVIDIA GPU through CUDA, any GPU through WebGPU. */
export const devices = ['CPU', 'CUDA', 'WEBGPU'] as const;
export type Device = (typeof devices)[number];

/** As ONNX Runtime calls what computes there. */
export const executionProviderOf = (device: Device): string => device.toLowerCase();

/** As people call it. */
export const nameOfDevice: Readonly<Record<Device, string>> = { CPU: 'the CPU', CUDA: 'CUDA', WEBGPU: 'WebGPU' };
