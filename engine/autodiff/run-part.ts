import { createSession } from '../onnx/create-session.ts';
import { nodesBehind } from '../onnx/extract-prefix.ts';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import type { Constant } from './network-reader.ts';
import { sizeOf } from './network.ts';

/** Shapes of values of the model for one empty picture, without the batch; all in one run. */
export async function shapesForEmptyPicture(
  model: ModelProto,
  values: readonly string[],
  input: string,
  shape: readonly number[],
): Promise<Map<string, readonly number[]>> {
  const picture = new Tensor('float32', new Float32Array(sizeOf(shape)), [1, ...shape]);
  const outputs = await runParts(model, values, { [input]: picture });
  return new Map(values.map((value) => [value, outputs[value]!.dims.slice(1)]));
}

/** A value that depends on no input; undefined for one that does, or is of another type. */
export async function constantValue(model: ModelProto, value: string): Promise<Constant | undefined> {
  const inputs = new Set(model.graph.input.map(({ name }) => name));
  for (const { name } of model.graph.initializer) inputs.delete(name!);
  if (nodesBehind(model.graph, value).some((node) => node.input.some((name) => inputs.has(name)))) return undefined;
  const { data, dims } = await runPart(model, value, {});
  if (data instanceof Float32Array) return { dims, floats: data };
  return data instanceof BigInt64Array || data instanceof Int32Array
    ? { dims, integers: Array.from(data, Number) }
    : undefined;
}

async function runPart(model: ModelProto, value: string, feeds: Record<string, Tensor>): Promise<Tensor> {
  return (await runParts(model, [value], feeds))[value] as Tensor;
}

async function runParts(
  model: ModelProto,
  values: readonly string[],
  feeds: Record<string, Tensor>,
): Promise<Record<string, Tensor>> {
  const needed = new Set(values.flatMap((value) => nodesBehind(model.graph, value)));
  const node = model.graph.node.filter((each) => needed.has(each));
  const read = new Set(node.flatMap((each) => each.input));
  const part = {
    ...model.graph,
    node,
    initializer: model.graph.initializer.filter(({ name }) => read.has(name!)),
    input: model.graph.input.filter(({ name }) => name in feeds),
    output: values.map((name) => ({ name })),
  };
  const session = await createSession({ ...model, graph: part }, 'training');
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}
