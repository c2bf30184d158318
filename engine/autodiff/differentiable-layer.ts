import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import type { FeatureMap } from './feature-map.ts';

/** Where a layer is written to. */
export interface LayerWriter {
  readonly builder: GraphBuilder;
  readonly lowering: ConvolutionLowering;
  /** Name of the tensor of a parameter, say `conv1.weights`. */
  readonly parameter: (name: string) => string;
}

/** A layer whose forward operators are written, ready to write its backward ones. */
export interface DifferentiableLayer {
  readonly output: FeatureMap;
  /** @param dy gradient of the output. @param wanted which inputs need theirs. */
  backward(dy: FeatureMap, wanted: readonly boolean[]): LayerGradients;
}

export interface LayerGradients {
  /** In the order of the inputs; undefined where not wanted. */
  readonly inputs: readonly (FeatureMap | undefined)[];
  /** By name; values in the order of the parameter's, of any shape. */
  readonly parameters: Readonly<Record<string, string>>;
}

export function onlyInput(
  gradient: FeatureMap | undefined,
  parameters: LayerGradients['parameters'] = {},
): LayerGradients {
  return { inputs: [gradient], parameters };
}
