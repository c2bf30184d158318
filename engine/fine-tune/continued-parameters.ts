import {
  headBias,
  headWeights,
  initialParameters,
  parameterValues,
  trainable,
  type Trainable,
} from '../autodiff/index.ts';
import type { Leader } from '../checkpoint/training-checkpoint.ts';

/** Where a stage starts: the leader's weights where it has any of its own, the network's where not. */
export function continuedParameters(to: Trainable, leader: Pick<Leader, 'cut' | 'parameters'>): Float32Array {
  const from = trainable({ network: to.network, cut: leader.cut, classCount: to.classCount });
  const valuesOf = (name: string) => parameterValues(from, leader.parameters, name);
  const parameters = initialParameters(to, { weights: valuesOf(headWeights), bias: valuesOf(headBias) });
  const known = new Set(to.slots.map(({ name }) => name));
  for (const { name } of from.slots) if (known.has(name)) parameterValues(to, parameters, name).set(valuesOf(name));
  return parameters;
}
