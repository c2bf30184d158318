import { OnnxFormatError } from './onnx-format-error.ts';
import type { AttributeProto, GraphProto, NodeProto } from './onnx-messages.ts';
import { renameValues } from './rename-values.ts';

/**
 * The part of a graph that computes `output` from `input`, every name in it starting with `prefix`, so that it can become a part
 * of another graph. `input` and `output` get the names given in `rename`.
 * @throws {OnnxFormatError} when the output does not exist, or needs other inputs than `input`.
 */
export function extractPrefix(
  graph: GraphProto,
  input: string,
  output: string,
  prefix: string,
  rename: { readonly input: string; readonly output: string },
): GraphProto {
  const nodes = nodesBehind(graph, output, input);
  const used = new Set(nodes.flatMap(namesRead));
  const initializer = graph.initializer.filter(({ name }) => used.has(name!));
  const known = new Set([input, ...initializer.map(({ name }) => name!), ...nodes.flatMap((node) => node.output)]);
  for (const { name } of graph.input) {
    if (used.has(name) && !known.has(name))
      throw new OnnxFormatError(`The model needs the input "${name}" besides "${input}".`);
  }
  if (!used.has(input)) throw new OnnxFormatError(`The output "${output}" does not depend on the input "${input}".`);
  const part = { name: graph.name ?? '', node: nodes, initializer, input: [], output: [], valueInfo: [] };
  return renameValues(part, (name) =>
    name === input ? rename.input : name === output ? rename.output : prefix + name,
  );
}

/**
 * The nodes that `output` needs, in the order of the file, which ONNX requires to be topological.
 * @param from a value that is given: what computes it is not needed. @throws {OnnxFormatError} when no node computes the output.
 */
export function nodesBehind(graph: GraphProto, output: string, from?: string): NodeProto[] {
  const needed = new Set([output]);
  const kept: NodeProto[] = [];
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((name) => needed.has(name))) continue;
    kept.push(node);
    for (const name of namesRead(node)) if (name !== from) needed.add(name);
  }
  if (kept.length === 0) throw new OnnxFormatError(`The model has no output "${output}".`);
  return kept.toReversed();
}

/** Inputs of the node and whatever its subgraphs may read from outside; inner names among them do no harm. */
function namesRead(node: NodeProto): string[] {
  return [...node.input, ...node.attribute.flatMap(subgraphs).flatMap((graph) => graph.node.flatMap(namesRead))];
}

function subgraphs(attribute: AttributeProto): GraphProto[] {
  return attribute.g ? [attribute.g, ...attribute.graphs] : attribute.graphs;
}
