import { NetworkWriter } from '#engine/autodiff/testing/network-writer.ts';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';

/** A plain residual net: stem of stride 2, then stages of 3x3 blocks, each stage but the first halving the size. */
export function plainResidual(size: number): ModelProto {
  const net = new NetworkWriter([3, size, size]);
  let x = net.node('Relu', [net.conv('input', [3, 32], { stride: 2 })]);
  let channels = 32;
  for (const [width, blocks] of [
    [32, 1],
    [64, 1],
    [128, 1],
    [256, 2],
  ] as const)
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 && width > channels ? 2 : 1;
      const inner = net.conv(net.node('Relu', [net.conv(x, [channels, width], { stride })]), [width, width]);
      const skip = stride === 2 ? net.conv(x, [channels, width], { kernel: 1, stride }) : x;
      x = net.node('Relu', [net.node('Add', [inner, skip])]);
      channels = width;
    }
  return net.model(net.pooled(x), channels);
}

/** Inverted residuals in the shape of MobileNetV2: expansion 4, depthwise 3x3, ReLU. */
export function mobile(size: number): ModelProto {
  const net = new NetworkWriter([3, size, size]);
  const relu = (x: string) => net.node('Relu', [x]);
  let channels = 24;
  let x = relu(net.conv('input', [3, channels], { stride: 2 }));
  for (const [width, blocks, stride] of [
    [24, 2, 2],
    [40, 2, 2],
    [80, 2, 1],
    [112, 2, 2],
    [192, 3, 2],
  ] as const)
    for (let block = 0; block < blocks; block++) {
      const expanded = channels * 4;
      const wide = relu(net.conv(x, [channels, expanded], { kernel: 1 }));
      const depthwise = net.conv(wide, [expanded, expanded], { group: expanded, stride: block === 0 ? stride : 1 });
      const narrow = net.conv(relu(depthwise), [expanded, width], { kernel: 1 });
      x = width === channels && (block > 0 || stride === 1) ? net.node('Add', [x, narrow]) : narrow;
      channels = width;
    }
  const last = relu(net.conv(x, [channels, 512], { kernel: 1 }));
  return net.model(net.pooled(last), 512);
}
