import { expect, test } from 'vitest';
import { portableConvolution } from '../autodiff/portable-convolution.ts';
import { readNetwork } from '../autodiff/read-network.ts';
import { layerNetworks, mobileNetwork, residualNetwork } from '../autodiff/testing/small-networks.ts';
import { trainable } from '../autodiff/trainable.ts';
import type { GraphProto, NodeProto } from '../onnx/onnx-messages.ts';
import { stepGraph } from './step-graph.ts';

/** Operators with kernels in the CPU, CUDA and WebGPU execution providers of ONNX Runtime 1.30; control flow aside. */
const everywhere = new Set(
  (
    'Abs Add AveragePool Cast Clip Concat Conv ConvTranspose Div Equal Exp Expand Gather Gemm HardSigmoid Identity Log MatMul MaxPool ' +
    'Mul Neg Pad ReduceMax ReduceMean ReduceSum ReduceSumSquare Relu Reshape Shape Sigmoid Slice Sqrt Squeeze Sub Transpose Loop'
  ).split(' '),
);
/** WebGPU cannot bind more tensors to one operator. */
const mostInputs = 8;

function allNodes(graph: GraphProto): NodeProto[] {
  return graph.node.flatMap((node) => [node, ...node.attribute.flatMap(({ g }) => (g ? allNodes(g) : []))]);
}

test.each(Object.entries({ ...layerNetworks, residualNetwork, mobileNetwork }))(
  'a portable step of %s runs on every execution provider',
  async (_, model) => {
    const network = await readNetwork(model(), 'input', 'output');
    for (const loss of ['softmaxCrossEntropy', 'sigmoidCrossEntropy'] as const) {
      const graph = stepGraph({
        trainable: trainable({ network, cut: 'input', classCount: 3, weightStandardisation: true }),
        lowering: portableConvolution,
        batchSize: 2,
        loss,
        examples: { kind: 'activations' },
        dropout: true,
        largestGradientNorm: 1,
      });
      expect(graph.opsetImport.map(({ domain }) => domain)).toEqual(['']);
      for (const { opType, input, output } of allNodes(graph.graph)) {
        expect(everywhere).toContain(opType);
        if (opType !== 'Loop') expect(input.length + output.length).toBeLessThanOrEqual(mostInputs);
      }
    }
  },
);
