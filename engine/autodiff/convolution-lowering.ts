import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { FeatureMap } from './feature-map.ts';
import type { Activation, ConvGeometry } from './network.ts';

/** Names of the gradients of a convolution's parameters, in the order of the parameters' values; their shapes are free. */
export interface ParameterGradients {
  readonly weights: string;
  readonly bias: string;
}

/**
 * How convolutions and their gradients are written as operators. Weights are [outChannels, kernel height, kernel width,
 * inChannels / group]: in that order the gradient comes out of its operator for free (training.md, 1.2).
 */
export interface ConvolutionLowering {
  readonly name: 'portable' | 'blocked';
  /** Whether values between convolutions are best kept in ONNX Runtime's blocked layout: its channels per block, else 0. */
  readonly block: number;
  /** Whether that activation can be a part of the convolution of `x`. */
  fuses(x: FeatureMap, geometry: ConvGeometry, activation: Activation): boolean;
  forward(
    builder: GraphBuilder,
    x: FeatureMap,
    geometry: ConvGeometry,
    weights: string,
    bias: string,
    activation?: Activation,
  ): FeatureMap;
  inputGradient(
    builder: GraphBuilder,
    dy: FeatureMap,
    geometry: ConvGeometry,
    weights: string,
    inputShape: FeatureMap['shape'],
  ): FeatureMap;
  parameterGradients(builder: GraphBuilder, x: FeatureMap, dy: FeatureMap, geometry: ConvGeometry): ParameterGradients;
}
