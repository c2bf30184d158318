import { appendLoss, type LossName } from '../autodiff/losses.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { GraphProto, ModelProto } from '../onnx/onnx-messages.ts';
import { boolTensor } from '../onnx/tensors.ts';
import { appendAdamW } from '../optimizer/adam-w.ts';

export interface HeadStepSettings {
  readonly dimension: number;
  readonly classCount: number;
  /** Decoupled: each step takes learningRate x weightDecay of the weights away; the bias is spared. */
  readonly weightDecay: number;
  /** See {@link targetsOf}; 0..1. */
  readonly labelSmoothing: number;
  /** @default 'softmaxCrossEntropy' */
  readonly loss?: LossName;
}

/** Parameters and their AdamW moments, in the order in which the Loop carries them. */
export const headState = ['weights', 'weightsMean', 'weightsVariance', 'bias', 'biasMean', 'biasVariance'] as const;

/**
 * Many AdamW steps of a linear head in one run: a `Loop` that carries the state and gathers each minibatch by index.
 *
 * Inputs: `features` [rows, D], `batches` int64 [steps, B] of row indices, `targets` [targets, C], `targetOfRow` int64 [rows], which of
 * them each row has, `learningRates` [steps],
 * `corrections1` and `corrections2` [steps] = 1/(1-beta^t), and the six of {@link headState}. Outputs: the new state as `next.*`,
 * `losses` [steps] (mean cross entropy of the batch before its step) and `gradientNorms` are not kept.
 */
export function headStepGraph(settings: HeadStepSettings): ModelProto {
  const builder = new GraphBuilder('head');
  const shapes = stateShapes(settings);
  builder.input('features', 'float', ['rows', settings.dimension]);
  builder.input('targets', 'float', ['targets', settings.classCount]);
  builder.input('targetOfRow', 'int64', ['rows']);
  builder.input('batches', 'int64', ['steps', 'batch']);
  for (const name of ['learningRates', 'corrections1', 'corrections2']) builder.input(name, 'float', ['steps']);
  for (const name of headState) builder.input(name, 'float', shapes[name]);
  const steps = builder.node('Squeeze', [
    builder.node('Slice', [builder.node('Shape', ['batches']), builder.ints(0), builder.ints(1)]),
  ]);
  const keepGoing = builder.initializer(boolTensor('true', true));
  const outputs = [...headState.map((name) => `next.${name}`), 'losses'];
  builder.nodes('Loop', [steps, keepGoing, ...headState], outputs, { body: stepGraph(settings) });
  for (const name of headState) builder.output(`next.${name}`, 'float', shapes[name]);
  builder.output('losses', 'float', ['steps']);
  return builder.model();
}

function stateShapes({
  classCount,
  dimension,
}: HeadStepSettings): Record<(typeof headState)[number], readonly number[]> {
  const weights = [classCount, dimension];
  const bias = [classCount];
  return { weights, weightsMean: weights, weightsVariance: weights, bias, biasMean: bias, biasVariance: bias };
}

/** One step, the body of the Loop; features, targets, batches and rates come from the graph around it. */
function stepGraph(settings: HeadStepSettings): GraphProto {
  const builder = new GraphBuilder('step');
  const shapes = stateShapes(settings);
  builder.input('iteration', 'int64', []);
  builder.input('condition', 'bool', []);
  for (const name of headState) builder.input(`step.${name}`, 'float', shapes[name]);
  const pick = (name: string) => builder.node('Gather', [name, 'iteration'], { axis: 0 });
  const rows = pick('batches');
  const { loss, weightsGradient, biasGradient } = lossAndGradients(builder, settings, {
    features: builder.node('Gather', ['features', rows], { axis: 0 }),
    targets: builder.node('Gather', ['targets', builder.node('Gather', ['targetOfRow', rows], { axis: 0 })], {
      axis: 0,
    }),
    weights: 'step.weights',
    bias: 'step.bias',
  });
  const rates = {
    learningRate: pick('learningRates'),
    correction1: pick('corrections1'),
    correction2: pick('corrections2'),
  };
  builder.node('Identity', ['condition'], {}, 'condition.out');
  builder.output('condition.out', 'bool', []);
  const update = (name: 'weights' | 'bias', gradient: string, own: { weightDecay?: string }) => {
    const state = { parameter: `step.${name}`, mean: `step.${name}Mean`, variance: `step.${name}Variance` };
    const next = appendAdamW(builder, state, gradient, { ...rates, ...own });
    return [next.parameter, next.mean, next.variance];
  };
  const names = [
    ...update('weights', weightsGradient, { weightDecay: builder.float(settings.weightDecay) }),
    ...update('bias', biasGradient, {}),
  ];
  headState.forEach((name, index) => builder.output(names[index]!, 'float', shapes[name]));
  builder.output(loss, 'float', []);
  return builder.graph();
}

function lossAndGradients(
  builder: GraphBuilder,
  { loss: name = 'softmaxCrossEntropy' }: HeadStepSettings,
  from: { features: string; targets: string; weights: string; bias: string },
) {
  const logits = builder.node('Gemm', [from.features, from.weights, from.bias], { transB: 1 });
  // One for each picture of the batch: all count alike.
  const ones = builder.node('Expand', [
    builder.float(1),
    builder.node('Slice', [builder.node('Shape', [from.features]), builder.ints(0), builder.ints(1)]),
  ]);
  const { loss, gradient } = appendLoss(builder, name, logits, from.targets, ones);
  return {
    loss,
    weightsGradient: builder.node('Gemm', [gradient, from.features], { transA: 1 }),
    biasGradient: builder.node('ReduceSum', [gradient, builder.ints(0)], { keepdims: 0 }),
  };
}
