import { GraphBuilder } from '../onnx/graph-builder.ts';
import { dataType, type GraphProto, type ModelProto } from '../onnx/onnx-messages.ts';
import { boolTensor, floatTensor } from '../onnx/tensors.ts';
import { appendAdamW } from '../optimizer/adam-w.ts';

export interface HeadStepSettings {
  readonly dimension: number;
  readonly classCount: number;
  /** Decoupled: each step takes learningRate x weightDecay of the weights away; the bias is spared. */
  readonly weightDecay: number;
  /** Share of the target probability spread over all classes, 0..1. */
  readonly labelSmoothing: number;
}

/** Parameters and their AdamW moments, in the order in which the Loop carries them. */
export const headState = ['weights', 'weightsMean', 'weightsVariance', 'bias', 'biasMean', 'biasVariance'] as const;

/**
 * Many AdamW steps of softmax cross entropy in one run: a `Loop` that carries the state and gathers each minibatch by index.
 *
 * Inputs: `features` [rows, D], `batches` int64 [steps, B] of row indices, `labels` int64 [rows], `learningRates` [steps],
 * `corrections1` and `corrections2` [steps] = 1/(1-beta^t), and the six of {@link headState}. Outputs: the new state as `next.*`,
 * `losses` [steps] (mean cross entropy of the batch before its step) and `gradientNorms` are not kept.
 */
export function headStepGraph(settings: HeadStepSettings): ModelProto {
  const builder = new GraphBuilder('head');
  const shapes = stateShapes(settings);
  builder.input('features', 'float', ['rows', settings.dimension]);
  builder.input('labels', 'int64', ['rows']);
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

/** One step, the body of the Loop; features, labels, batches and rates come from the graph around it. */
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
    labels: builder.node('Gather', ['labels', rows], { axis: 0 }),
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

/** Softmax cross entropy and its gradient: dL/dlogits = (softmax - target) / batch. */
function lossAndGradients(
  builder: GraphBuilder,
  { classCount, labelSmoothing }: HeadStepSettings,
  from: { features: string; labels: string; weights: string; bias: string },
) {
  const logits = builder.node('Gemm', [from.features, from.weights, from.bias], { transB: 1 });
  const logProbabilities = builder.node('LogSoftmax', [logits], { axis: 1 });
  const targets = builder.node('Gather', [smoothedTargets(builder, classCount, labelSmoothing), from.labels], {
    axis: 0,
  });
  const crossEntropies = builder.node(
    'ReduceSum',
    [builder.node('Mul', [targets, logProbabilities]), builder.ints(1)],
    { keepdims: 0 },
  );
  const loss = builder.node('Neg', [builder.node('ReduceMean', [crossEntropies], { keepdims: 0 })], {}, 'loss');
  const batch = builder.node('Cast', [builder.node('Size', [from.labels])], { to: dataType.float });
  const error = builder.node('Sub', [builder.node('Exp', [logProbabilities]), targets]);
  const gradient = builder.node('Div', [error, batch]);
  return {
    loss,
    weightsGradient: builder.node('Gemm', [gradient, from.features], { transA: 1 }),
    biasGradient: builder.node('ReduceSum', [gradient, builder.ints(0)], { keepdims: 0 }),
  };
}

/** [classes, classes]: row c is the target distribution of class c. */
function smoothedTargets(builder: GraphBuilder, classCount: number, labelSmoothing: number): string {
  const values = new Float32Array(classCount * classCount).fill(labelSmoothing / classCount);
  for (let index = 0; index < classCount; index++) values[index * (classCount + 1)]! += 1 - labelSmoothing;
  return builder.initializer(floatTensor('targets', values, [classCount, classCount]));
}
