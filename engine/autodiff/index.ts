/**
 * Reads ONNX classifiers and embedders as layers and writes what trains them: forward, loss and backward as ordinary operators. How to
 * train everything after a cut:
 *
 *     const network = await readNetwork(model, 'input', 'features');
 *     const { value } = cutsOf(network).at(-1)!;
 *     const trained = trainable({ network, cut: value, classCount });
 *
 * What runs it is in ../step. `writeTrainedSuffix` gives the result back as ordinary operators.
 */
export { cutsOf, multiplyAddsOf, type Cut } from './cuts-of.ts';
export { readNetwork } from './read-network.ts';
export { shapeOf, type Layer, type Network } from './network.ts';
export { NotDifferentiableError } from './not-differentiable-error.ts';
export {
  headBias,
  headWeights,
  initialParameters,
  parameterValues,
  randomParameters,
  trainable,
  type ParameterSlot,
  type Trainable,
  type TrainableSettings,
} from './trainable.ts';
export type { LossName } from './losses.ts';
export type { ConvolutionLowering } from './convolution-lowering.ts';
export { chooseLowering, type ChosenLowering, type LoweringChoice } from './choose-lowering.ts';
export { loweringFor } from './lowering-for.ts';
export { loweringNamed } from './lowering-named.ts';
export { portableConvolution } from './portable-convolution.ts';
export { writeTrainedSuffix, type SuffixNames } from './write-trained-suffix.ts';
