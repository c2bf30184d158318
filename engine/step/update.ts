import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { appendAdamW } from '../optimizer/adam-w.ts';
import { appendMovingAverage } from '../optimizer/moving-average.ts';

/** What a training carries from step to step, each a flat vector of all parameters. */
export const stateNames = ['parameters', 'means', 'variances', 'averages'] as const;
export type StateName = (typeof stateNames)[number];

export interface UpdateRates {
  /** Scalars of the step. */
  readonly learningRate: string;
  readonly correction1: string;
  readonly correction2: string;
  readonly averageDecay: string;
  /** [parameters]. */
  readonly weightDecays: string;
}

/**
 * The gradient scaled down to the largest norm allowed (Pascanu et al., "On the difficulty of training recurrent neural networks",
 * 2013), then AdamW and the moving average of the parameters.
 * @returns names of the state after the step, in the order of {@link stateNames}, and of the norm before scaling.
 */
export function appendUpdate(
  builder: GraphBuilder,
  state: Readonly<Record<StateName, string>>,
  gradient: string,
  rates: UpdateRates,
  largestNorm: number,
): { readonly next: readonly string[]; readonly norm: string } {
  const norm = builder.node('Sqrt', [builder.node('ReduceSumSquare', [gradient], { keepdims: 0 })]);
  const ratio = builder.node('Div', [builder.float(largestNorm), builder.node('Add', [norm, builder.float(1e-6)])]);
  const clipped = builder.node('Mul', [gradient, builder.node('Clip', [ratio, builder.float(0), builder.float(1)])]);
  const after = appendAdamW(
    builder,
    { parameter: state.parameters, mean: state.means, variance: state.variances },
    clipped,
    {
      learningRate: rates.learningRate,
      correction1: rates.correction1,
      correction2: rates.correction2,
      weightDecay: rates.weightDecays,
    },
  );
  const average = appendMovingAverage(builder, state.averages, after.parameter, rates.averageDecay);
  return { next: [after.parameter, after.mean, after.variance, average], norm };
}
