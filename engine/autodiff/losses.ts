import type { GraphBuilder } from '../onnx/graph-builder.ts';

/**
 * `softmaxCrossEntropy`: -sum over classes of target x log softmax; targets are probabilities, so that label smoothing, mixup and
 * distillation come from outside. `sigmoidCrossEntropy`: each class on its own, mean over classes; targets are 0..1.
 * Both are means over pictures, weighted by the given weights.
 */
export type LossName = 'softmaxCrossEntropy' | 'sigmoidCrossEntropy';

/**
 * @param targets [N, classes]. @param sampleWeights [N], not all 0.
 * @returns `loss`, a scalar, and its gradient by the logits.
 */
export function appendLoss(
  builder: GraphBuilder,
  name: LossName,
  logits: string,
  targets: string,
  sampleWeights: string,
): { readonly loss: string; readonly gradient: string } {
  const node = (operator: string, ...inputs: string[]) => builder.node(operator, inputs);
  const overClasses = (values: string) => builder.node('ReduceSum', [values, builder.ints(1)], { keepdims: 1 });
  const column = node('Reshape', sampleWeights, builder.ints(-1, 1));
  const total = builder.node('ReduceSum', [column, builder.ints(0)], { keepdims: 1 });
  const shares = node('Div', column, total);
  const { losses, gradients } = (name === 'softmaxCrossEntropy' ? softmax : sigmoid)(builder, logits, targets);
  return {
    loss: builder.node('ReduceSum', [node('Mul', overClasses(losses), shares)], { keepdims: 0 }),
    gradient: node('Mul', gradients, shares),
  };
}

/** Both [N, classes]. LogSoftmax has no WebGPU kernel, so it is written out. */
function softmax(builder: GraphBuilder, logits: string, targets: string) {
  const node = (operator: string, ...inputs: string[]) => builder.node(operator, inputs);
  const overClasses = (values: string) => builder.node('ReduceSum', [values, builder.ints(1)], { keepdims: 1 });
  const shifted = node('Sub', logits, builder.node('ReduceMax', [logits], { axes: [1], keepdims: 1 }));
  const exponentials = node('Exp', shifted);
  const sum = overClasses(exponentials);
  const logProbabilities = node('Sub', shifted, node('Log', sum));
  const probabilities = node('Div', exponentials, sum);
  return {
    losses: node('Neg', node('Mul', targets, logProbabilities)),
    gradients: node('Sub', node('Mul', probabilities, overClasses(targets)), targets),
  };
}

/** max(0, z) - z t + log(1 + exp(-|z|)), which no z overflows. */
function sigmoid(builder: GraphBuilder, logits: string, targets: string) {
  const node = (operator: string, ...inputs: string[]) => builder.node(operator, inputs);
  const tail = node('Log', node('Add', node('Exp', node('Neg', node('Abs', logits))), builder.float(1)));
  const losses = node('Add', node('Sub', node('Relu', logits), node('Mul', logits, targets)), tail);
  const gradients = node('Sub', node('Sigmoid', logits), targets);
  const classes = builder.node('Cast', [node('Shape', logits)], { to: 1 });
  const count = builder.node('Gather', [classes, builder.ints(1)], { axis: 0 });
  return { losses: node('Div', losses, count), gradients: node('Div', gradients, count) };
}
