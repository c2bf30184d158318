import type { ConvolutionLowering } from '../autodiff/convolution-lowering.ts';
import type { LossName } from '../autodiff/losses.ts';
import { shapeOf } from '../autodiff/network.ts';
import { appendTraining } from '../autodiff/training-graph.ts';
import type { Trainable } from '../autodiff/trainable.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { GraphProto, ModelProto } from '../onnx/onnx-messages.ts';
import { boolTensor } from '../onnx/tensors.ts';
import { appendExamples, exampleShape, type ExampleKind } from './examples.ts';
import { appendUpdate, stateNames } from './update.ts';

export interface StepGraphSettings {
  readonly trainable: Trainable;
  readonly lowering: ConvolutionLowering;
  /** Pictures of a step. */
  readonly batchSize: number;
  readonly loss: LossName;
  readonly examples: ExampleKind;
  /** Whether the features are multiplied by a mask before the head. */
  readonly dropout: boolean;
  /** Gradients whose norm over all parameters is larger are scaled down to it. */
  readonly largestGradientNorm: number;
}

/** Inputs of one number per step. */
const rateNames = ['learningRates', 'corrections1', 'corrections2', 'averageDecays'] as const;

/**
 * Many training steps in one run: a `Loop` that carries parameters, moments and average, and gathers each minibatch by index.
 *
 * Inputs: `examples` [rows, ...], `batches` int32 [steps, N] of rows (int64 has no kernel on WebGPU), `targets` [steps, N, classes], `sampleWeights` [steps, N],
 * `dropoutMasks` [steps, N, dimension] where asked for, `learningRates`, `corrections1`, `corrections2` and `averageDecays` [steps],
 * `weightDecays` [parameters], and the four of {@link stateNames} [parameters]. Outputs: the new state as
 * `next.*`, `losses` [steps] before each step, `gradientNorms` [steps] before scaling down.
 */
export function stepGraph(settings: StepGraphSettings): ModelProto {
  const { trainable, batchSize, dropout, examples } = settings;
  const { network, cut, parameterCount, classCount, dimension } = trainable;
  const builder = new GraphBuilder('steps');
  const perExample = exampleShape(examples, shapeOf(network, cut));
  builder.input('examples', examples.kind === 'pixels' ? 'uint8' : 'float', ['rows', ...perExample]);
  builder.input('batches', 'int32', ['steps', batchSize]);
  builder.input('targets', 'float', ['steps', batchSize, classCount]);
  builder.input('sampleWeights', 'float', ['steps', batchSize]);
  if (dropout) builder.input('dropoutMasks', 'float', ['steps', batchSize, dimension]);
  for (const name of rateNames) builder.input(name, 'float', ['steps']);
  for (const name of ['weightDecays', ...stateNames]) builder.input(name, 'float', [parameterCount]);
  const steps = builder.node('Squeeze', [
    builder.node('Slice', [builder.node('Shape', ['batches']), builder.ints(0), builder.ints(1)]),
  ]);
  const keepGoing = builder.initializer(boolTensor('true', true));
  const outputs = [...stateNames.map((name) => `next.${name}`), 'losses', 'gradientNorms'];
  builder.nodes('Loop', [steps, keepGoing, ...stateNames], outputs, { body: oneStep(settings) });
  for (const name of stateNames) builder.output(`next.${name}`, 'float', [parameterCount]);
  for (const name of ['losses', 'gradientNorms']) builder.output(name, 'float', ['steps']);
  return builder.model();
}

/** The body of the Loop; everything but the state comes from the graph around it. */
function oneStep(settings: StepGraphSettings): GraphProto {
  const { trainable, dropout } = settings;
  const builder = new GraphBuilder('step');
  builder.input('iteration', 'int64', []);
  builder.input('condition', 'bool', []);
  for (const name of stateNames) builder.input(`step.${name}`, 'float', [trainable.parameterCount]);
  const pick = (name: string) => builder.node('Gather', [name, 'iteration'], { axis: 0 });
  const shape = shapeOf(trainable.network, trainable.cut);
  const { loss, gradient } = appendTraining(
    builder,
    trainable,
    { lowering: settings.lowering, batch: settings.batchSize, loss: settings.loss },
    {
      ...appendExamples(builder, settings.examples, shape, pick('batches')),
      parameters: 'step.parameters',
      targets: pick('targets'),
      sampleWeights: pick('sampleWeights'),
      ...(dropout ? { dropoutMask: pick('dropoutMasks') } : {}),
    },
  );
  const [learningRate, correction1, correction2, averageDecay] = rateNames.map(pick) as [
    string,
    string,
    string,
    string,
  ];
  const { next, norm } = appendUpdate(
    builder,
    {
      parameters: 'step.parameters',
      means: 'step.means',
      variances: 'step.variances',
      averages: 'step.averages',
    },
    gradient,
    {
      learningRate,
      correction1,
      correction2,
      averageDecay,
      weightDecays: 'weightDecays',
    },
    settings.largestGradientNorm,
  );
  builder.node('Identity', ['condition'], {}, 'condition.out');
  builder.output('condition.out', 'bool', []);
  for (const name of next) builder.output(name, 'float', [trainable.parameterCount]);
  for (const name of [loss, norm]) builder.output(name, 'float', []);
  return builder.graph();
}
