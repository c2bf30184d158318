import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import type { DifferentiableLayer, LayerWriter } from './differentiable-layer.ts';
import { differentiateLayer, mapShape } from './differentiate-layer.ts';
import { add } from './elementwise.ts';
import { FeatureMap, type MemoryLayout } from './feature-map.ts';
import { appendLoss, type LossName } from './losses.ts';
import { shapeOf, type ActivationLayer, type Layer } from './network.ts';
import { headBias, headWeights, type Trainable } from './trainable.ts';
import { standardiseWeights, type StandardisedWeights } from './weight-standardisation.ts';

/** Names of the tensors that the graph reads. */
export interface TrainingInputs {
  /** The cut's value for the batch, in the layout named. */
  readonly examples: string;
  readonly layout: Extract<MemoryLayout, 'nchw' | 'nhwc' | 'nc'>;
  /** [parameters], flat. */
  readonly parameters: string;
  /** [N, dimension] that the features are multiplied by: 0 or 1 / (1 - rate). */
  readonly dropoutMask?: string;
}

interface LayerStep {
  readonly layer: Layer;
  readonly output: string;
  readonly written: DifferentiableLayer;
}

/** The forward pass of a trainable for a fixed batch, which can be differentiated. */
export interface ForwardPass {
  /** [N, classes]. */
  readonly logits: string;
  /** @param gradient of the logits. @returns the gradient of all parameters, one flat vector. */
  backward(gradient: string): string;
}

/** Forward, loss and backward. @param inputs.targets [N, classes]. @param inputs.sampleWeights [N]. */
export function appendTraining(
  builder: GraphBuilder,
  trainable: Trainable,
  options: { readonly lowering: ConvolutionLowering; readonly batch: number; readonly loss: LossName },
  inputs: TrainingInputs & { readonly targets: string; readonly sampleWeights: string },
): { readonly loss: string; readonly gradient: string } {
  const pass = appendForward(builder, trainable, options, inputs);
  const { loss, gradient } = appendLoss(builder, options.loss, pass.logits, inputs.targets, inputs.sampleWeights);
  return { loss, gradient: pass.backward(gradient) };
}

export function appendForward(
  builder: GraphBuilder,
  trainable: Trainable,
  { lowering, batch }: { readonly lowering: ConvolutionLowering; readonly batch: number },
  inputs: TrainingInputs,
): ForwardPass {
  const { network, cut, slots } = trainable;
  const standardised = new Map<string, StandardisedWeights>();
  const tensors = new Map<string, string>();
  for (const { name, offset, shape, size, standardised: standardises } of slots) {
    const part = builder.node('Slice', [inputs.parameters, builder.ints(offset), builder.ints(offset + size)]);
    const whole = builder.node('Reshape', [part, builder.ints(...shape)]);
    if (standardises) standardised.set(name, standardiseWeights(builder, whole, shape));
    tensors.set(name, standardised.get(name)?.weights ?? whole);
  }
  const writer: LayerWriter = { builder, lowering, parameter: (name) => tensors.get(name)! };
  const values = new Map<string, FeatureMap>();
  values.set(cut, new FeatureMap(builder, batch, mapShape(shapeOf(network, cut)), inputs.layout, inputs.examples));
  const steps: LayerStep[] = [];
  const fused = new Set<Layer>();
  for (const layer of trainable.layers) {
    if (fused.has(layer)) continue;
    const inputs = layer.inputs.map((name) => values.get(name)!);
    const next = layer.kind === 'conv' ? activationAfter(trainable, layer) : undefined;
    const joins = next && layer.kind === 'conv' && lowering.fuses(inputs[0]!, layer.geometry, next.activation);
    if (joins) fused.add(next);
    const output = joins ? next.output : layer.output;
    const activation = joins ? next.activation : undefined;
    const written = differentiateLayer(writer, layer, inputs, shapeOf(network, output), activation);
    values.set(output, written.output);
    steps.push({ layer, output, written });
  }
  const features = values.get(network.output)!.as('nc');
  const kept = inputs.dropoutMask ? builder.node('Mul', [features, inputs.dropoutMask]) : features;
  const weights = writer.parameter(headWeights);
  return {
    logits: builder.node('Gemm', [kept, weights, writer.parameter(headBias)], { transB: 1 }),
    backward: (gradient) => {
      const gradients = new Map([
        [headWeights, builder.node('Gemm', [gradient, kept], { transA: 1 })],
        [headBias, builder.node('ReduceSum', [gradient, builder.ints(0)], { keepdims: 0 })],
      ]);
      if (steps.length > 0) {
        const ofKept = builder.node('MatMul', [gradient, weights]);
        const ofFeatures = inputs.dropoutMask ? builder.node('Mul', [ofKept, inputs.dropoutMask]) : ofKept;
        const dy = new FeatureMap(builder, batch, [trainable.dimension, 1, 1], 'nc', ofFeatures);
        backwardThrough(builder, steps, network.output, dy, gradients);
      }
      const parts = slots.map(({ name }) => {
        const whole = gradients.get(name)!;
        return builder.node('Reshape', [standardised.get(name)?.backward(whole) ?? whole, builder.ints(-1)]);
      });
      return concatenated(builder, parts);
    },
  };
}

/** Reverse mode: from the output back to the first layer with parameters. Puts the gradients of parameters into `gradients`. */
function backwardThrough(
  builder: GraphBuilder,
  steps: readonly LayerStep[],
  output: string,
  dy: FeatureMap,
  gradients: Map<string, string>,
): void {
  const sums = new Map([[output, dy]]);
  const trained = trainedValues(steps);
  for (const { layer, output, written } of steps.toReversed()) {
    const gradient = sums.get(output);
    if (!gradient || !trained.has(output)) continue;
    const back = written.backward(
      gradient,
      layer.inputs.map((name) => trained.has(name)),
    );
    for (const [name, tensor] of Object.entries(back.parameters)) gradients.set(name, tensor);
    layer.inputs.forEach((name, at) => {
      const part = back.inputs[at];
      if (!part || !trained.has(name)) return;
      const sum = sums.get(name);
      sums.set(name, sum ? add(builder, sum, part) : part);
    });
  }
}

/** Values that depend on a parameter, whose gradients are needed. */
function trainedValues(steps: readonly LayerStep[]): Set<string> {
  const trained = new Set<string>();
  for (const { layer, output } of steps) {
    const own = layer.kind === 'conv' || layer.kind === 'linear' || (layer.kind === 'affine' && layer.trainable);
    if (own || layer.inputs.some((name) => trained.has(name))) trained.add(output);
  }
  return trained;
}

/** An activation that alone reads the layer, so that it could become a part of it. */
function activationAfter({ layers, network }: Trainable, { output }: Layer): ActivationLayer | undefined {
  const readers = layers.filter(({ inputs }) => inputs.includes(output));
  const [next] = readers;
  return readers.length === 1 && output !== network.output && next?.kind === 'activation' ? next : undefined;
}

/** WebGPU binds few tensors to one operator, so groups are joined before the whole. */
function concatenated(builder: GraphBuilder, parts: readonly string[]): string {
  const most = 6;
  let rest = [...parts];
  while (rest.length > 1)
    rest = Array.from({ length: Math.ceil(rest.length / most) }, (_, at) =>
      builder.node('Concat', rest.slice(at * most, (at + 1) * most), { axis: 0 }),
    );
  return rest[0]!;
}
